package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.retention.BreakingStore.Fault;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.verify.Check;
import io.cloudstic.verify.CheckRequest;
import io.cloudstic.verify.CheckSummary;
import io.cloudstic.verify.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A prune that is interrupted")
@Timeout(120)
class PruneInterruptedTest {
  private static final PruneRequest EVERYTHING =
      new PruneRequest(new MaxUnused(0, 0), Long.MAX_VALUE, false, false, Duration.ZERO, Set.of());

  private final long seed = new Random().nextLong();
  private final BreakingStore store = new BreakingStore();
  private SmallRepository made;
  private MemoryStore before;

  @TempDir Path dir;

  @BeforeEach
  void makeRepository() {
    made = new SmallRepository(store, new Random(seed));
    List<Id> snapshots = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      // Two of the backups know nothing of the others, and so store copies.
      snapshots.add(i % 3 == 2 ? made.backupOf(new BlobIndex()) : made.backup());
    }
    for (int gone : new int[] {0, 2, 3}) {
      made.repository.snapshots().remove(snapshots.get(gone));
    }
    store.put("data/aa/" + "aa".repeat(32), new byte[100]);
    before = BreakingStore.copy(store);
  }

  private void prune(Stop stop) {
    made.prune(EVERYTHING, (stage, done, total) -> {}, stop);
  }

  private CheckSummary check(String when) {
    List<Finding> findings = new ArrayList<>();
    CheckSummary summary =
        new Check(made.repository, CheckRequest.everything(), findings::add, new Stop()).run();
    assertThat(summary.exitCode()).as("%s: %s", when, findings).isEqualTo(ExitCode.DONE);
    assertThat(summary.snapshots()).as(when).isEqualTo(3);
    return summary;
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  @DisplayName("at any operation loses nothing, and the next one completes it")
  void atAnyOperation(Fault fault) {
    store.reset(before);
    prune(new Stop());
    int operations = store.mend();
    assertThat(operations).isGreaterThan(20);
    // Not every one each time: the seeds get round to all of them.
    Random steps = new Random(seed);
    for (int n = 1; n <= operations; n += 1 + steps.nextInt(4)) {
      String when = "seed %d, %s at %d of %d".formatted(seed, fault, n, operations);
      store.reset(before);
      Stop stop = new Stop();
      store.breakAt(n, fault, stop::ask);
      try {
        prune(stop);
      } catch (CloudsticException expected) {
        assertThat(expected.exitCode())
            .as(when)
            .isEqualTo(fault == Fault.EVENT ? ExitCode.STOPPED : ExitCode.FAILED);
      }
      store.mend();
      check(when);
      if (fault == Fault.EVENT || fault == Fault.ERROR) {
        assertThat(made.repository.locks().list()).as(when).isEmpty();
      }
      made.repository.locks().removeAll();

      prune(new Stop());
      CheckSummary after = check(when + ", pruned again");
      assertThat(after.hints()).as(when).isZero();
      assertThat(made.plan(EVERYTHING).freedBytes()).as(when).isZero();
    }
  }

  @Test
  @DisplayName("leaves what restic finds sound, and can prune")
  void resticAgrees() throws Exception {
    store.reset(before);
    prune(new Stop());
    int operations = store.mend();
    for (int part = 1; part <= 3; part++) {
      // The last operations are those that change something.
      int n = operations - part * 4;
      store.reset(before);
      store.breakAt(n, Fault.DEATH_AFTER, () -> {});
      assertThat(catchThrowable(() -> prune(new Stop()))).isNotNull();
      store.mend();
      Path place = dir.resolve("repository" + part);
      LocalStore local = new LocalStore(place);
      store.list("", object -> local.put(object.key(), store.get(object.key())));
      ResticProgram restic =
          new ResticProgram(
              place, SmallRepository.PASSWORD, Files.createDirectory(dir.resolve("s" + part)));
      restic.succeed("unlock", "--remove-all");
      restic.succeed("check", "--read-data");
      restic.succeed("prune", "--max-unused", "0");
      restic.succeed("check", "--read-data");
    }
  }
}
