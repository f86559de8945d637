package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.retention.PruneListener.Stage;
import io.cloudstic.run.Sleeper;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.ObjectStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A prune beside restic")
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class PruneBesideResticTest {
  private static final PruneRequest EVERYTHING =
      new PruneRequest(new MaxUnused(0, 0), Long.MAX_VALUE, false, false, Duration.ZERO, Set.of());

  @TempDir Path dir;

  private LocalStore store;
  private ResticProgram restic;
  private byte[] forgotten;

  @BeforeEach
  void makeRepository() throws Exception {
    Path place = dir.resolve("repository");
    store = new LocalStore(place);
    restic =
        new ResticProgram(
            place, SmallRepository.PASSWORD, Files.createDirectory(dir.resolve("scratch")));
    SmallRepository made = new SmallRepository(store, new Random(5));
    List<Id> snapshots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      snapshots.add(made.backup());
    }
    forgotten = new byte[3_000];
    new Random(6).nextBytes(forgotten);
    snapshots.add(
        made.store(
            made.repository.index(),
            List.of(forgotten, "more".repeat(50).getBytes(StandardCharsets.UTF_8))));
    made.repository.snapshots().remove(snapshots.get(0));
    made.repository.snapshots().remove(snapshots.get(4));
    made.repository.close();
  }

  private PruneOutcome prune(ObjectStore through, PruneListener listener, Sleeper sleeper) {
    try (Repository ours =
        Repository.open(
            through,
            SmallRepository.PASSWORD.toCharArray(),
            TestEnvironment.create(Clock.systemUTC(), sleeper))) {
      return new SmallRepository(ours, new Random()).prune(EVERYTHING, listener, new Stop());
    }
  }

  @Test
  @DisplayName("keeps what a backup needs that read the index before, and waits for its end")
  void longBackup() throws Exception {
    Process backup = restic.start("backup", "--stdin", "--stdin-filename", "again");
    try {
      for (int i = 0; i < 1_000 && !isLocked(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      // Half of it: restic has read the index when it takes from its input, or will before it ends.
      OutputStream input = backup.getOutputStream();
      input.write(forgotten, 0, 1_000);
      input.flush();
      List<Stage> before = new ArrayList<>();
      List<Duration> waits = new ArrayList<>();
      PruneListener listener =
          (stage, done, total) -> {
            synchronized (before) {
              if (waits.isEmpty()) {
                before.add(stage);
              }
            }
          };
      Sleeper sleeper =
          duration -> {
            if (duration.toSeconds() > 1 && backup.isAlive()) {
              waits.add(duration);
              end(backup, input);
            }
          };

      PruneOutcome outcome = prune(store, listener, sleeper);

      assertThat(waits).hasSize(1);
      assertThat(before).contains(Stage.REPACK).doesNotContain(Stage.INDEX, Stage.REMOVE);
      assertThat(outcome.packsSpared()).isPositive();
      assertThat(backup.exitValue()).isZero();
    } finally {
      backup.destroyForcibly();
    }
    restic.succeed("check", "--read-data");
    assertThat(restic.succeed("dump", "latest", "again")).isEqualTo(forgotten);
  }

  private boolean isLocked() {
    boolean[] found = {false};
    store.list("locks/", lock -> found[0] = true);
    return found[0];
  }

  private void end(Process backup, OutputStream input) {
    try {
      input.write(forgotten, 1_000, 2_000);
      input.close();
      assertThat(backup.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("lets backups pass while it prepares, and shuts them out for the moment of removal")
  void everyPhase() throws Exception {
    Path file = Files.write(dir.resolve("file"), forgotten);
    Map<Stage, Integer> exits = new EnumMap<>(Stage.class);
    PruneListener listener = (stage, done, total) -> {};
    // Between two operations of the prune, on each of which all of its threads wait.
    Consumer<String> between =
        operation -> {
          Stage stage = phase(operation);
          if (stage != null && !exits.containsKey(stage)) {
            exits.put(stage, run("backup", file.toString()));
            if (stage == Stage.REPACK) {
              assertThat(run("prune")).as("restic prune beside ours").isNotZero();
            }
          }
        };

    prune(new InterleavedStore(store, between), listener, duration -> {});

    assertThat(exits.get(Stage.TREES)).isZero();
    assertThat(exits.get(Stage.REPACK)).isZero();
    assertThat(exits.get(Stage.INDEX)).isNotZero();
    assertThat(exits.get(Stage.REMOVE)).isNotZero();
    restic.succeed("check", "--read-data");
    assertThat(restic.succeed("dump", "latest", file.toString())).isEqualTo(forgotten);
    restic.succeed("backup", file.toString());
    prune(store, listener, duration -> {});
    restic.succeed("check", "--read-data");
    assertThat(restic.json("snapshots", "--json")).hasSize(6);
  }

  private static Stage phase(String operation) {
    if (operation.startsWith("getRange data/")) {
      return Stage.TREES;
    }
    if (operation.startsWith("put data/")) {
      return Stage.REPACK;
    }
    if (operation.startsWith("delete index/")) {
      return Stage.INDEX;
    }
    return operation.startsWith("delete data/") ? Stage.REMOVE : null;
  }

  private int run(String... arguments) {
    try {
      return restic.run(arguments).exit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
