package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.KeyChanges;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.LocalStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * restic and this program take turns at random on one repository, and a second one to which
 * snapshots are copied. At the end both must find both repositories sound, and restore every
 * snapshot that should be there as the files were when it was made.
 *
 * <p>{@code -Dcloudstic.alternation.seeds=30} runs more than the few seeds of every build, {@code
 * -Dcloudstic.alternation.first=N} begins at another one.
 */
@DisplayName("A repository shared with restic")
@EnabledOnOs(OS.LINUX)
@Timeout(600)
class AlternationTest {
  private static final int STEPS = 12;
  private static final String SECOND_PASSWORD = "the other one";

  @TempDir Path directory;

  private Random random;
  private Workplace workplace;
  private Path data;
  private Path second;
  private String password = Workplace.PASSWORD;
  private final List<String> told = new ArrayList<>();

  /** What the files were when a snapshot was made, by its time: that outlives tags and copies. */
  private final Map<String, FileState> states = new TreeMap<>();

  private final Map<String, FileState> copied = new TreeMap<>();

  static LongStream seeds() {
    long first = Long.getLong("cloudstic.alternation.first", 1);
    return LongStream.range(first, first + Integer.getInteger("cloudstic.alternation.seeds", 2));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("stays sound and complete, whoever does what, in any order")
  void alternating(long seed) throws Exception {
    random = new Random(seed);
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    second = directory.resolve("second");
    EmptyRepository.make(second, SECOND_PASSWORD, 2);
    try {
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      told.add("the end");
      verify();
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed " + seed + ": " + String.join("; ", told), e);
    }
  }

  private void step() throws Exception {
    boolean ours = random.nextBoolean();
    int choice = states.isEmpty() ? 0 : random.nextInt(20);
    if (choice < 6) {
      backup(ours);
    } else if (choice < 9) {
      forget(ours);
    } else if (choice < 12) {
      prune(ours);
    } else if (choice < 14) {
      tag(ours);
    } else if (choice < 16) {
      copy(ours);
    } else if (choice < 17) {
      check(ours);
    } else if (choice < 19) {
      restore(ours, anySnapshot());
    } else {
      changeKeys(ours);
    }
    assertThat(times()).isEqualTo(List.copyOf(states.keySet()));
  }

  private void tell(boolean ours, String what) {
    told.add((ours ? "cloudstic " : "restic ") + what);
  }

  private ResticProgram restic() throws Exception {
    return new ResticProgram(
        workplace.repository(), password, Files.createDirectories(directory.resolve("scratch")));
  }

  private ResticProgram resticOnSecond() throws Exception {
    return new ResticProgram(
        second, SECOND_PASSWORD, Files.createDirectories(directory.resolve("scratch")));
  }

  /** The snapshots as the other program sees them, by time. */
  private List<JsonNode> snapshots() throws Exception {
    JsonNode all =
        random.nextBoolean()
            ? workplace.run(0, "list", "-json").json()
            : restic().json("snapshots", "--json");
    Map<String, JsonNode> sorted = new TreeMap<>();
    all.forEach(snapshot -> sorted.put(snapshot.path("time").asText(), snapshot));
    assertThat(sorted).hasSize(all.size());
    return List.copyOf(sorted.values());
  }

  private List<String> times() throws Exception {
    return snapshots().stream().map(snapshot -> snapshot.path("time").asText()).sorted().toList();
  }

  private JsonNode anySnapshot() throws Exception {
    List<JsonNode> all = snapshots();
    return all.get(random.nextInt(all.size()));
  }

  private void backup(boolean ours) throws Exception {
    change();
    tell(ours, "backup");
    if (ours) {
      workplace.backup("local:" + data);
    } else {
      restic().succeed("backup", data.toString());
    }
    FileState now = FileState.of(data);
    times().stream().filter(time -> !states.containsKey(time)).forEach(t -> states.put(t, now));
  }

  /** Changes some files: small and large, new, other, renamed and gone. */
  private void change() throws Exception {
    for (int i = 0; i < 6; i++) {
      Path file = data.resolve("d" + random.nextInt(3) + "/f" + random.nextInt(6));
      Files.createDirectories(file.getParent());
      switch (random.nextInt(4)) {
        case 0 -> Files.deleteIfExists(file);
        case 1 -> {
          if (Files.exists(file)) {
            Path renamed = data.resolve("d" + random.nextInt(3) + "/r" + random.nextInt(3));
            Files.createDirectories(renamed.getParent());
            Files.deleteIfExists(renamed);
            Files.move(file, renamed);
          }
        }
        default -> {
          byte[] bytes = new byte[random.nextInt(8) == 0 ? 1_500_000 : random.nextInt(5_000)];
          new Random(random.nextInt(8)).nextBytes(bytes);
          Files.write(file, bytes);
        }
      }
    }
  }

  private void forget(boolean ours) throws Exception {
    boolean prunes = random.nextInt(3) == 0;
    List<String> arguments = new ArrayList<>();
    String dash = ours ? "-" : "--";
    if (random.nextBoolean()) {
      int last = 2 + random.nextInt(3);
      arguments.addAll(List.of(dash + "keep-last", Integer.toString(last)));
      List<String> all = List.copyOf(states.keySet());
      all.subList(0, Math.max(0, all.size() - last)).forEach(states::remove);
    } else if (states.size() > 1) {
      JsonNode one = anySnapshot();
      arguments.add(one.path("id").asText().substring(0, 12));
      states.remove(one.path("time").asText());
    } else {
      return;
    }
    if (prunes) {
      arguments.add(dash + "prune");
    }
    tell(ours, "forget " + String.join(" ", arguments));
    run(ours, "forget", arguments);
  }

  private void prune(boolean ours) throws Exception {
    String unused = random.nextBoolean() ? "0" : "5%";
    tell(ours, "prune, unused " + unused);
    run(ours, "prune", List.of(ours ? "-max-unused" : "--max-unused", unused));
  }

  private void run(boolean ours, String command, List<String> arguments) throws Exception {
    String[] all = Stream.concat(Stream.of(command), arguments.stream()).toArray(String[]::new);
    if (ours) {
      workplace.run(0, all);
    } else {
      restic().succeed(all);
    }
  }

  private void tag(boolean ours) throws Exception {
    String id = anySnapshot().path("id").asText();
    String tag = "t" + random.nextInt(3);
    String how = List.of("add", "remove", "set").get(random.nextInt(3));
    tell(ours, "tag " + how + " " + tag);
    run(ours, "tag", List.of((ours ? "-" : "--") + how, tag, id));
  }

  private void copy(boolean ours) throws Exception {
    tell(ours, "copy");
    if (ours) {
      workplace.run(
          0,
          "copy",
          "-from-store",
          "local:" + workplace.repository(),
          "-from-password",
          password,
          "-store",
          "local:" + second,
          "-password",
          SECOND_PASSWORD);
    } else {
      Path file = Files.writeString(directory.resolve("from.txt"), password);
      resticOnSecond()
          .succeed(
              "copy",
              "--from-repo",
              workplace.repository().toString(),
              "--from-password-file",
              file.toString());
    }
    copied.putAll(states);
  }

  private void check(boolean ours) throws Exception {
    tell(ours, "check");
    if (ours) {
      workplace.run(0, "check", "-read-data");
    } else {
      restic().succeed("check", "--read-data");
    }
  }

  private void restore(boolean ours, JsonNode snapshot) throws Exception {
    String id = snapshot.path("id").asText();
    tell(ours, "restore of " + id.substring(0, 8));
    Path target = ours ? workplace.restore(id) : directory.resolve("by-restic-" + told.size());
    if (!ours) {
      restic().succeed("restore", id, "--target", target.toString());
    }
    assertRestored(snapshot, states, target);
  }

  private void assertRestored(JsonNode snapshot, Map<String, FileState> expected, Path target)
      throws Exception {
    FileState state = expected.get(snapshot.path("time").asText());
    FileState restored = FileState.of(target.resolve(data.toString().substring(1)));
    assertThat(state.differences(restored)).isEmpty();
  }

  /** restic's new keys cost a second each time they are tried, and so do not stay. */
  private void changeKeys(boolean ours) throws Exception {
    String next = "password " + random.nextInt(1_000_000);
    LocalStore store = new LocalStore(workplace.repository());
    if (ours) {
      tell(true, "key passwd");
      try (Repository repository =
          Repository.open(store, password.toCharArray(), TestEnvironment.create())) {
        new KeyChanges(repository)
            .replaceOwn(
                next.toCharArray(), KdfCost.LOWEST, KeyChanges.Owner.of(TestEnvironment.create()));
      }
      password = next;
      workplace.with("CLOUDSTIC_PASSWORD", next);
      return;
    }
    tell(false, "key add, removed by cloudstic");
    Path file = Files.writeString(directory.resolve("new.txt"), next);
    restic().succeed("key", "add", "--new-password-file", file.toString());
    Id added;
    try (Repository repository =
        Repository.open(store, next.toCharArray(), TestEnvironment.create())) {
      added = repository.keyId();
    }
    workplace.run(0, "key", "remove", added.hex().substring(0, 10));
  }

  private void verify() throws Exception {
    check(true);
    check(false);
    for (JsonNode snapshot : snapshots()) {
      restore(true, snapshot);
      restore(false, snapshot);
    }
    String[] onSecond = {"-store", "local:" + second, "-password", SECOND_PASSWORD};
    workplace.run(0, "check", "-read-data", onSecond[0], onSecond[1], onSecond[2], onSecond[3]);
    resticOnSecond().succeed("check", "--read-data");
    for (JsonNode snapshot : resticOnSecond().json("snapshots", "--json")) {
      Path target = directory.resolve("second-" + snapshot.path("short_id").asText());
      workplace.run(
          0,
          "restore",
          snapshot.path("id").asText(),
          "-output",
          target.toString(),
          onSecond[0],
          onSecond[1],
          onSecond[2],
          onSecond[3]);
      assertRestored(snapshot, copied, target);
    }
  }
}
