package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Forgetting by rules")
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ForgetAgainstResticTest {
  private static final String PASSWORD = "forget";
  private static final int POLICIES = 8;
  private static final int[] OFFSETS = {0, 0, 60, 120, 345, -300, -660, 840};
  private static final String[] TAGS = {"keep", "x", "y"};

  @TempDir Path dir;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  @DisplayName("keeps what restic keeps, for the same reasons")
  void likeRestic() throws Exception {
    Path place = dir.resolve("repository");
    ResticProgram restic =
        new ResticProgram(place, PASSWORD, Files.createDirectory(dir.resolve("scratch")));
    try (Repository repository =
        Repository.init(
            new LocalStore(place),
            PASSWORD.toCharArray(),
            TestEnvironment.create(),
            KdfCost.LOWEST)) {
      fill(repository);
      for (int i = 0; i < POLICIES; i++) {
        compare(repository, restic);
      }
    }
  }

  private void fill(Repository repository) {
    Id tree;
    try (BlobWriter writer =
        new BlobWriter(
            repository.store(),
            repository.key(),
            repository.index(),
            repository.files(),
            new SecureRandom(),
            Clock.systemUTC(),
            WriteLimits.standard())) {
      byte[] empty = "{\"nodes\":[]}\n".getBytes(StandardCharsets.UTF_8);
      tree = writer.save(BlobType.TREE, empty, 0, empty.length).id();
      writer.flush();
    }
    for (OffsetDateTime time : times()) {
      repository
          .snapshots()
          .save(
              Snapshot.builder()
                  .time(time)
                  .tree(tree)
                  .hostname(random.nextInt(3) == 0 ? "beta" : "alpha")
                  .paths(random.nextInt(3) == 0 ? List.of("/a", "/b") : List.of("/a"))
                  .tags(List.of(TAGS).stream().filter(tag -> random.nextInt(4) == 0).toList())
                  .build());
    }
  }

  /** Hours, days and years apart, around the turn of years, no two at once. */
  private List<OffsetDateTime> times() {
    TreeMap<Instant, OffsetDateTime> times = new TreeMap<>();
    Instant at = Instant.parse("2019-12-20T00:00:00Z").plusSeconds(random.nextInt(1_000_000));
    int count = 20 + random.nextInt(40);
    for (int i = 0; i < count; i++) {
      long[] steps = {1_800, 7_200, 43_200, 86_400, 604_800, 2_678_400, 20_000_000};
      long step = steps[random.nextInt(steps.length)];
      at = at.plusSeconds(1 + random.nextLong(step)).plusNanos(random.nextInt(1_000_000_000));
      ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * OFFSETS[random.nextInt(OFFSETS.length)]);
      times.put(at, at.atOffset(zone));
    }
    return new ArrayList<>(times.values());
  }

  private void compare(Repository repository, ResticProgram restic) throws Exception {
    Map<String, List<String>> options = policy();
    String groupBy = List.of("host,paths", "host", "", "tags", "paths,tags").get(random.nextInt(5));
    List<String> arguments =
        new ArrayList<>(
            List.of("forget", "--no-lock", "--dry-run", "--json", "--group-by", groupBy));
    options.forEach(
        (name, values) -> values.forEach(value -> arguments.addAll(List.of("--" + name, value))));
    boolean newer = restic.version() >= 16;
    options.put("keep-oldest", List.of(Boolean.toString(newer)));
    JsonNode groups = restic.json(arguments.toArray(String[]::new));
    Map<String, String> theirs = new TreeMap<>();
    for (JsonNode group : groups) {
      for (int i = 0; i < group.path("keep").size(); i++) {
        JsonNode reason = group.path("reasons").get(i);
        theirs.put(
            group.path("keep").get(i).path("id").asText(),
            reason.path("matches") + (newer ? "" : " " + reason.path("counters")));
      }
      group.path("remove").forEach(gone -> theirs.put(gone.path("id").asText(), "removed"));
    }

    ForgetRequest request =
        new ForgetRequest(
            List.of(),
            SnapshotFilter.ALL,
            GroupKey.parts(groupBy),
            KeepPolicy.parse(options),
            true);
    Map<String, String> ours = new TreeMap<>();
    for (JudgedGroup group : new Forget(repository, request, new Stop()).plan()) {
      for (Verdict verdict : group.verdicts()) {
        ours.put(
            verdict.snapshot().id().hex(), verdict.kept() ? shown(verdict, !newer) : "removed");
      }
    }
    assertThat(ours).as("seed %d, %s", seed, arguments).isEqualTo(theirs);
  }

  /** Newer versions of restic do not show what a rule would still keep. */
  private static String shown(Verdict verdict, boolean withCounters) {
    String matches =
        verdict.reasons().stream()
            .map(reason -> '"' + reason + '"')
            .collect(Collectors.joining(",", "[", "]"));
    if (!withCounters) {
      return matches;
    }
    String counters =
        List.of(Interval.values()).stream()
            .filter(interval -> verdict.left().getOrDefault(interval, 0) != 0)
            .map(interval -> '"' + interval.word() + "\":" + verdict.left().get(interval))
            .collect(Collectors.joining(",", "{", "}"));
    return matches + " " + counters;
  }

  private Map<String, List<String>> policy() {
    Map<String, List<String>> options = new LinkedHashMap<>();
    options.put("keep-last", List.of(Integer.toString(random.nextInt(3))));
    for (Interval interval : Interval.values()) {
      if (interval != Interval.LAST && random.nextInt(3) == 0) {
        options.put("keep-" + interval.word(), List.of(Integer.toString(1 + random.nextInt(12))));
      }
      if (interval != Interval.LAST && random.nextInt(5) == 0) {
        options.put("keep-within-" + interval.word(), List.of(span()));
      }
    }
    if (random.nextInt(4) == 0) {
      options.put("keep-within", List.of(span()));
    }
    if (random.nextInt(4) == 0) {
      options.put("keep-tag", List.of("keep,x", random.nextBoolean() ? "y" : ""));
    }
    if (options.values().equals(List.of(List.of("0"))) || options.size() == 1) {
      options.put("keep-monthly", List.of("3"));
    }
    return options;
  }

  private String span() {
    String span =
        (random.nextInt(3) == 0 ? random.nextInt(3) + "y" : "")
            + (random.nextInt(3) == 0 ? random.nextInt(14) + "m" : "")
            + (random.nextBoolean() ? random.nextInt(40) + "d" : "")
            + (random.nextInt(3) == 0 ? random.nextInt(50) + "h" : "");
    return span.isEmpty() ? "2m" : span;
  }
}
