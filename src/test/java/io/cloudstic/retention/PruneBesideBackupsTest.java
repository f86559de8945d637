package io.cloudstic.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.retention.PruneListener.Stage;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Sleeper;
import io.cloudstic.run.Stop;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.verify.Check;
import io.cloudstic.verify.CheckRequest;
import io.cloudstic.verify.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code -Dcloudstic.prune.seeds=1000} tries more interleavings than every build, {@code
 * -Dcloudstic.prune.first=N} begins at another one.
 */
@DisplayName("A prune beside backups")
@Timeout(120)
class PruneBesideBackupsTest {
  private static final PruneRequest EVERYTHING =
      new PruneRequest(new MaxUnused(0, 0), Long.MAX_VALUE, false, false, Duration.ZERO, Set.of());

  private final MemoryStore store = new MemoryStore();
  private final List<RunningBackup> running = new ArrayList<>();
  private Random random = new Random(1);
  private SmallRepository made;
  private final List<byte[]> doomed = new ArrayList<>();
  private BlobIndex before;
  private int snapshots;

  /** Three of seven snapshots are there; what the others alone had is still stored. */
  private void makeRepository() {
    made = new SmallRepository(store, random);
    List<Id> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(i % 3 == 2 ? made.backupOf(new BlobIndex()) : made.backup());
    }
    for (int gone : new int[] {0, 2, 3}) {
      made.repository.snapshots().remove(all.get(gone));
    }
    for (int i = 0; i < 10; i++) {
      byte[] content = new byte[100 + random.nextInt(3_000)];
      random.nextBytes(content);
      doomed.add(content);
    }
    made.repository.snapshots().remove(made.store(made.repository.index(), doomed));
    snapshots = 3;
  }

  /** A backup by another process, which relies on the index as it was when it began. */
  private final class RunningBackup {
    private final Repository repository = open(store, duration -> {}, 1000 + random.nextInt(1000));
    private final RepositoryLock lock;
    private final BlobIndex known;

    RunningBackup() {
      lock = repository.lock(LockKind.SHARED);
      known = repository.index();
      running.add(this);
    }

    /** Of contents of which some were only in forgotten snapshots, and some are new. */
    void finish() {
      List<byte[]> contents = new ArrayList<>(made.history);
      Collections.shuffle(contents, random);
      contents = new ArrayList<>(contents.subList(0, 5));
      contents.add(doomed.get(random.nextInt(doomed.size())));
      byte[] fresh = new byte[500];
      random.nextBytes(fresh);
      contents.add(fresh);
      new SmallRepository(repository, random).store(known, contents);
      snapshots++;
      end();
    }

    /** As when it is stopped. */
    void end() {
      lock.close();
      running.remove(this);
      repository.close();
    }
  }

  private static Repository open(ObjectStore store, Sleeper sleeper, long pid) {
    return Repository.open(
        store,
        SmallRepository.PASSWORD.toCharArray(),
        TestEnvironment.of(Clock.systemUTC(), sleeper, "elsewhere", pid));
  }

  private void check(String when) {
    List<Finding> findings = new ArrayList<>();
    try (Repository fresh = open(store, duration -> {}, 7)) {
      var summary = new Check(fresh, CheckRequest.everything(), findings::add, new Stop()).run();
      assertThat(summary.exitCode()).as("%s: %s", when, findings).isEqualTo(ExitCode.DONE);
      assertThat(summary.snapshots()).as(when).isEqualTo(snapshots);
    }
  }

  static LongStream seeds() {
    long first = Long.getLong("cloudstic.prune.first", 1);
    return LongStream.range(first, first + Integer.getInteger("cloudstic.prune.seeds", 12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  @DisplayName("keeps what they rely on, whenever they begin and end")
  void anyInterleaving(long seed) {
    random = new Random(seed);
    makeRepository();
    int pace = 3 + random.nextInt(30);
    Sleeper waiting =
        duration -> {
          // Longer than it takes a lock to settle: it waits for a backup.
          if (duration.toSeconds() > 1 && random.nextInt(3) == 0 && !running.isEmpty()) {
            running.get(random.nextInt(running.size())).finish();
          }
        };
    InterleavedStore interleaved =
        new InterleavedStore(
            store, operation -> somethingHappens(pace, "seed " + seed + " before " + operation));
    try (Repository ours = open(interleaved, waiting, 1)) {
      new SmallRepository(ours, random).prune(EVERYTHING);
    } catch (RepositoryException e) {
      assertThat(e.exitCode()).as("seed %d", seed).isEqualTo(ExitCode.LOCKED);
      assertThat(running).as("seed %d", seed).isNotEmpty();
    }
    check("seed " + seed + ", pruned");
    while (!running.isEmpty()) {
      running.get(0).finish();
    }
    check("seed " + seed + ", all ended");
    assertThat(made.repository.locks().list()).as("seed %d", seed).isEmpty();
    made.prune(EVERYTHING);
    check("seed " + seed + ", pruned again");
    assertThat(made.plan(EVERYTHING).freedBytes()).as("seed %d", seed).isZero();
  }

  private void somethingHappens(int pace, String when) {
    int choice = random.nextInt(pace * 4);
    if (choice == 0 && running.size() < 3) {
      try {
        new RunningBackup();
      } catch (RepositoryException e) {
        assertThat(e.exitCode()).as(when).isEqualTo(ExitCode.LOCKED);
      }
    } else if (choice <= 2 && !running.isEmpty()) {
      RunningBackup one = running.get(random.nextInt(running.size()));
      if (choice == 1) {
        one.finish();
      } else {
        one.end();
      }
      check(when);
    }
  }

  @Test
  @DisplayName("leaves packs alone that a backup came to need, and says so")
  void spared() {
    makeRepository();
    try (RepositoryLock lock = made.repository.lock(LockKind.PRUNE)) {
      RunningBackup before = new RunningBackup();
      Prune prune =
          new Prune(made.repository, EVERYTHING, (stage, done, total) -> {}, lock, new Stop());
      PruneSummary plan = prune.plan();
      before.finish();

      PruneOutcome outcome = prune.run();

      assertThat(outcome.packsSpared()).isPositive();
      assertThat(outcome.packsRemoved() + outcome.packsRepacked() + outcome.packsSpared())
          .isEqualTo(plan.packsRemoved() + plan.packsRepacked());
      assertThat(outcome.bytesFreed()).isLessThan(plan.freedBytes());
    }
    check("afterwards");
  }

  @Test
  @DisplayName("sees what was made in the last moment before it becomes exclusive")
  void lastMoment() {
    makeRepository();
    List<String> locks = new ArrayList<>();
    Consumer<String> between =
        operation -> {
          if (operation.startsWith("put locks/")) {
            locks.add(operation);
            if (locks.size() == 2) {
              new RunningBackup().finish();
            }
          }
        };
    try (Repository ours = open(new InterleavedStore(store, between), duration -> {}, 1)) {
      assertThat(new SmallRepository(ours, random).prune(EVERYTHING).packsSpared()).isPositive();
    }
    assertThat(locks).hasSize(2);
    check("afterwards");
  }

  @Test
  @DisplayName("leaves packs alone that a backup has found in no index, and listed")
  void adopted() {
    makeRepository();
    List<Id> before = indexFiles();
    RunningBackup killed = new RunningBackup();
    List<byte[]> fresh = List.of("only in an orphan".getBytes(StandardCharsets.UTF_8));
    Id snapshot = new SmallRepository(killed.repository, random).store(new BlobIndex(), fresh);
    List<IndexedPack> packs = new ArrayList<>();
    for (Id file : indexFiles()) {
      if (!before.contains(file)) {
        made.repository.indexFiles().decode(file, packs::add);
        made.repository.removeFile(FileKind.INDEX, file);
      }
    }
    byte[] json = made.repository.loadFile(FileKind.SNAPSHOT, snapshot);
    made.repository.snapshots().remove(snapshot);
    killed.end();
    try (RepositoryLock lock = made.repository.lock(LockKind.PRUNE)) {
      Prune prune =
          new Prune(made.repository, EVERYTHING, (stage, done, total) -> {}, lock, new Stop());
      assertThat(prune.plan().orphans().removed()).isEqualTo(packs.size());
      made.repository.saveFile(FileKind.INDEX, IndexFile.encode(packs));
      made.repository.saveFile(FileKind.SNAPSHOT, json);
      snapshots++;

      assertThat(prune.run().packsSpared()).isEqualTo(packs.size());
    }
    check("afterwards");
  }

  @Test
  @DisplayName("lets others in now and then while it removes, and leaves alone what they list")
  void inSteps() {
    makeRepository();
    List<String> removed = new ArrayList<>();
    List<IndexedPack> listed = new ArrayList<>();
    PruneOutcome outcome =
        slowly(
            removed,
            pause -> {
              if (pause == 1) {
                // A backup that is over before the next step, and one that found a pack.
                new RunningBackup().finish();
                IndexedPack pack = packs(removed).get(0);
                made.repository.saveFile(FileKind.INDEX, IndexFile.encode(List.of(pack)));
                listed.add(pack);
              }
            });
    assertThat(removed).hasSizeGreaterThan(8).doesNotContain(FileKind.PACK.key(listed.get(0).id()));
    assertThat(store.size(FileKind.PACK.key(listed.get(0).id()))).isPresent();
    assertThat(outcome.packsLeft()).isZero();
    check("removed");
  }

  @Test
  @DisplayName("leaves the rest to the next one when others come while it removes, and stay")
  void leftOver() {
    makeRepository();
    List<RunningBackup> endless = new ArrayList<>();
    PruneOutcome outcome =
        slowly(
            new ArrayList<>(),
            pause -> {
              if (pause == 1) {
                endless.add(new RunningBackup());
              }
            });
    assertThat(outcome.packsLeft()).isPositive();
    check("left");
    endless.get(0).finish();
    check("left, with one more snapshot");
    made.prune(EVERYTHING);
    assertThat(made.plan(EVERYTHING).freedBytes()).isZero();
    check("pruned");
  }

  /** The packs that are to go and are not gone; what the index has said of them. */
  private List<IndexedPack> packs(List<String> removed) {
    List<IndexedPack> packs = new ArrayList<>();
    IndexSurvey now = new IndexSurvey();
    now.update(made.repository);
    before.forEachPack(
        pack -> {
          if (!now.packs().contains(pack.id()) && !removed.contains(FileKind.PACK.key(pack.id()))) {
            packs.add(pack);
          }
        });
    return packs;
  }

  /** A prune on a store that takes ten seconds to remove a pack. */
  private PruneOutcome slowly(List<String> removed, IntConsumer inPause) {
    IndexSurvey survey = new IndexSurvey();
    survey.update(made.repository);
    before = survey.index();
    ManualClock clock = new ManualClock(Clock.systemUTC().instant());
    Consumer<String> between =
        operation -> {
          if (operation.startsWith("delete data/")) {
            removed.add(operation.substring("delete ".length()));
            clock.advance(Duration.ofSeconds(10));
          }
        };
    int[] pauses = {0};
    Sleeper sleeper =
        duration -> {
          if (duration.equals(Duration.ofSeconds(10))
              && made.repository.locks().list().size() == 1) {
            inPause.accept(++pauses[0]);
          }
        };
    try (Repository ours =
        Repository.open(
            new InterleavedStore(store, between),
            SmallRepository.PASSWORD.toCharArray(),
            TestEnvironment.create(clock, sleeper))) {
      return new SmallRepository(ours, random).prune(EVERYTHING);
    }
  }

  @Test
  @DisplayName("ends with 11 when one of them does not end, and what it copied serves the next")
  void endless() {
    makeRepository();
    RunningBackup endless = new RunningBackup();
    List<Stage> stages = new ArrayList<>();
    PruneListener listener =
        (stage, done, total) -> {
          synchronized (stages) {
            stages.add(stage);
          }
        };

    assertThatExceptionOfType(RepositoryException.class)
        .isThrownBy(() -> made.prune(EVERYTHING, listener, new Stop()))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.LOCKED))
        .withMessageContaining("by tester on elsewhere")
        .withMessageContaining("nothing was removed");
    assertThat(stages).contains(Stage.REPACK).doesNotContain(Stage.INDEX, Stage.REMOVE);
    check("not pruned");

    endless.finish();
    stages.clear();
    made.prune(EVERYTHING, listener, new Stop());
    assertThat(stages).contains(Stage.INDEX, Stage.REMOVE);
    check("pruned");
  }

  @Test
  @DisplayName("stops when a program without locks replaces the index meanwhile")
  void lockless() {
    makeRepository();
    try (RepositoryLock lock = made.repository.lock(LockKind.PRUNE)) {
      Prune prune =
          new Prune(made.repository, EVERYTHING, (stage, done, total) -> {}, lock, new Stop());
      prune.plan();
      Id file = indexFiles().get(0);
      made.repository.saveFile(FileKind.INDEX, made.repository.loadFile(FileKind.INDEX, file));
      made.repository.removeFile(FileKind.INDEX, file);

      assertThatExceptionOfType(RuntimeException.class)
          .isThrownBy(prune::run)
          .withMessageContaining("takes no locks");
    }
    check("not pruned");
  }

  private List<Id> indexFiles() {
    List<Id> files = new ArrayList<>();
    made.repository.listFiles(FileKind.INDEX, file -> files.add(file.id()));
    return files;
  }
}
