package io.cloudstic.restic.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.LockWait;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Sleeper;
import io.cloudstic.run.Stop;
import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.StoreDeniedException;
import io.cloudstic.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lock")
class LocksTest {
  private static final Instant START = Instant.parse("2024-05-01T10:00:00.5Z");
  private static final long OUR_PID = 4711;

  private final FailingStore store = new FailingStore();
  private final ManualClock clock = new ManualClock(START);
  private final List<Duration> slept = new ArrayList<>();
  private Runnable duringSleep = () -> {};
  private final Sleeper sleeper =
      duration -> {
        slept.add(duration);
        duringSleep.run();
      };
  private final UnpackedFiles files = files();
  private final Locks ours = locks("here", OUR_PID);
  private final Locks theirs = locks("there", 1);

  @Test
  @DisplayName("stays without more waiting where the store forbids to delete")
  void deletionDenied() {
    RepositoryLock lock = ours.acquire(LockKind.SHARED);
    slept.clear();
    store.keeping = true;

    lock.close();

    assertThat(lockFiles()).hasSize(1);
    assertThat(slept).isEmpty();
  }

  @Test
  @DisplayName("is a file while it is held, waits 200 ms for others, and goes when closed")
  void heldAndReleased() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      assertThat(lockFiles()).hasSize(1);
      assertThat(slept).containsExactly(Duration.ofMillis(200));
      assertThat(new String(files.load(FileKind.LOCK, lock.currentId()), StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"time\":\"2024-05-01T10:00:00.5Z\",\"exclusive\":false,\"hostname\":\"here\","
                  + "\"username\":\"tester\",\"pid\":4711,\"uid\":1000,\"gid\":1000}");
      lock.check();
    }
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("can be read under at once; who writes waits until it has settled")
  void settlesLater() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    duringSleep = () -> awaited(reading);
    try (RepositoryLock lock = ours.share()) {
      assertThat(lockFiles()).hasSize(1);
      reading.countDown();
      lock.check();
      assertThat(slept).containsExactly(Duration.ofMillis(200));
    }
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("settles when the run is stopped meanwhile: what was read can still be stored")
  void stoppedWhileSettling() {
    Stop stop = new Stop();
    Locks stoppable =
        new Locks(files, TestEnvironment.of(clock, stop, "here", OUR_PID), process -> true);
    try (RepositoryLock lock = stoppable.share()) {
      stop.ask();
      assertThatCode(lock::check).doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("lets nothing be written when another appeared at the same moment")
  void simultaneousWhileReading() {
    duringSleep = () -> writeLock("there", 1, true, START);
    try (RepositoryLock lock = ours.share()) {
      assertLocked(lock::check);
      assertLocked(lock::check);
    }
    assertThat(lockFiles()).hasSize(1);
  }

  @Test
  @DisplayName(
      "settles first when the first look at others took so long that one may have missed us")
  void slowToWrite() {
    store.slowness = Duration.ofMillis(150);
    duringSleep = () -> writeLock("there", 1, true, START);
    assertLocked(ours::share);
    assertThat(lockFiles()).hasSize(1);
  }

  @Test
  @DisplayName("that is given back before it has settled is not looked at again")
  void closedBeforeSettled() {
    duringSleep = () -> awaited(new CountDownLatch(1));
    RepositoryLock lock = ours.share();
    lock.close();
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("sees one that is refreshed between the listing and the look at it")
  void refreshedWhileLookedAt() {
    RepositoryLock other = theirs.acquire(LockKind.BRIEF);
    clock.advance(Duration.ofMinutes(5));
    slept.clear();
    store.beforeGet =
        () -> {
          store.beforeGet = () -> {};
          other.tick();
        };
    // Reading would go on beside the removal of packs, and the wait for its end then bless it.
    assertLocked(ours::share);
    assertThat(slept).as("waited before anything is read").contains(Duration.ofSeconds(1));
    other.close();
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("that was stored although writing it failed is not left behind")
  void writtenWithoutAnswer() {
    store.answering = false;
    assertThatThrownBy(() -> ours.acquire(LockKind.SHARED)).isInstanceOf(StoreException.class);
    assertThat(lockFiles()).isEmpty();

    store.answering = true;
    RepositoryLock lock = ours.acquire(LockKind.PRUNE);
    store.answering = false;
    assertThatThrownBy(() -> lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {}))
        .isInstanceOf(StoreException.class);
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));

    clock.advance(Duration.ofMinutes(5));
    lock.tick();
    assertThat(lockFiles()).hasSize(2);
    store.answering = true;
    lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {});
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));

    clock.advance(Duration.ofMinutes(5));
    store.answering = false;
    lock.tick();
    lock.close();
    assertThat(lockFiles()).isEmpty();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody came");
      }
    } catch (InterruptedException e) {
      throw new StoppedException();
    }
  }

  @Test
  @DisplayName("that is shared lets others share, one that is exclusive excludes all")
  void compatible() {
    try (RepositoryLock first = ours.acquire(LockKind.SHARED);
        RepositoryLock second = theirs.acquire(LockKind.SHARED)) {
      assertThat(first.kind()).isEqualTo(second.kind());
      assertLocked(() -> theirs.acquire(LockKind.EXCLUSIVE));
      assertThat(lockFiles()).hasSize(2);
    }
    try (RepositoryLock exclusive = ours.acquire(LockKind.EXCLUSIVE)) {
      exclusive.check();
      assertLocked(() -> theirs.acquire(LockKind.SHARED));
      assertLocked(() -> theirs.acquire(LockKind.EXCLUSIVE));
    }
    theirs.acquire(LockKind.EXCLUSIVE).close();
  }

  @Test
  @DisplayName("of somebody else is described with holder, time and way out")
  void described() {
    theirs.acquire(LockKind.EXCLUSIVE);
    clock.advance(Duration.ofMinutes(3));
    RepositoryException failure = assertLocked(() -> ours.acquire(LockKind.SHARED));
    assertThat(failure)
        .hasMessage(
            "the repository is locked exclusively by tester on there (process 1)"
                + " since 2024-05-01T10:00Z, 3 minutes ago");
    assertThat(failure.advice()).hasValueSatisfying(a -> assertThat(a).contains("unlock"));
  }

  @Test
  @DisplayName("is waited for as long as was asked, at growing intervals, without one of our own")
  void waitedFor() {
    theirs.acquire(LockKind.EXCLUSIVE);
    slept.clear();
    duringSleep = () -> assertThat(lockFiles()).hasSize(1);
    List<String> notices = new ArrayList<>();

    assertLocked(() -> patient(Duration.ofMinutes(4), notices).acquire(LockKind.SHARED));

    assertThat(slept.stream().map(Duration::toSeconds))
        .containsExactly(5L, 10L, 20L, 40L, 60L, 60L, 45L);
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("locked exclusively by tester on there");
  }

  @Test
  @DisplayName("is taken as soon as the other one is gone")
  void waitedForAndTaken() {
    RepositoryLock other = theirs.acquire(LockKind.SHARED);
    slept.clear();
    duringSleep =
        () -> {
          if (slept.size() == 2) {
            other.close();
          }
        };
    try (RepositoryLock lock =
        patient(Duration.ofMinutes(4), new ArrayList<>()).acquire(LockKind.EXCLUSIVE)) {
      assertThat(lock.kind()).isEqualTo(LockKind.EXCLUSIVE);
    }
    assertThat(slept)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(200));
  }

  @Test
  @DisplayName("that is waited for lets itself be stopped")
  void waitStopped() {
    theirs.acquire(LockKind.EXCLUSIVE);
    duringSleep =
        () -> {
          throw new StoppedException();
        };
    assertThatThrownBy(
            () -> patient(Duration.ofMinutes(4), new ArrayList<>()).acquire(LockKind.SHARED))
        .isInstanceOf(StoppedException.class);
    assertThat(lockFiles()).hasSize(1);
  }

  private Locks patient(Duration limit, List<String> notices) {
    return new Locks(
        files,
        TestEnvironment.of(clock, sleeper, "here", OUR_PID)
            .withLockWait(new LockWait(limit, (upTo, who) -> notices.add(upTo + " " + who))));
  }

  @Test
  @DisplayName("is given back when another appears at the same moment")
  void simultaneous() {
    duringSleep = () -> writeLock("there", 1, true, START);
    assertLocked(() -> ours.acquire(LockKind.SHARED));
    assertThat(lockFiles()).hasSize(1);
    assertThat(ours.list().get(0).file().hostname()).isEqualTo("there");
  }

  @Test
  @DisplayName("is given back when the run is stopped while taking it")
  void stopped() {
    duringSleep =
        () -> {
          throw new StoppedException();
        };
    assertThatThrownBy(() -> ours.acquire(LockKind.SHARED)).isInstanceOf(StoppedException.class);
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName(
      "blocks however old it is or seems, until it is unlocked; only stale ones are removed")
  void stale() {
    Id old = writeLock("there", 1, false, START.minus(Duration.ofMinutes(31)));
    Id future = writeLock("there", 2, false, START.plus(Duration.ofDays(3650)));
    Id dead = writeLock("here", 99, false, START);
    Id alive = writeLock("here", OUR_PID, false, START);
    Id fresh = writeLock("there", 3, false, START.minus(Duration.ofMinutes(29)));
    RepositoryException failure = assertLocked(() -> ours.acquire(LockKind.EXCLUSIVE));
    assertThat(failure.advice())
        .hasValueSatisfying(
            advice ->
                assertThat(advice.contains("abandoned"))
                    .isEqualTo(failure.getMessage().contains("abandoned")));
    assertThat(ours.list().stream().filter(Locks.FoundLock::stale).map(Locks.FoundLock::id))
        .containsExactlyInAnyOrder(old, dead);
    assertThat(ours.removeStale()).isEqualTo(2);
    assertThat(ours.list())
        .extracting(Locks.FoundLock::id)
        .containsExactlyInAnyOrder(future, alive, fresh);
    assertThat(ours.removeAll()).isEqualTo(3);
    ours.acquire(LockKind.EXCLUSIVE).close();
  }

  @Test
  @DisplayName("of 0 bytes is nobody's; one that cannot be read is tried again, then blocks")
  void unreadable() {
    store.put("locks/" + "0".repeat(64), new byte[0]);
    ours.acquire(LockKind.EXCLUSIVE).close();
    slept.clear();
    byte[] junk = new byte[60];
    store.put(FileKind.LOCK.key(Id.hash(junk)), junk);
    List<String> notices = new ArrayList<>();
    assertThat(assertLocked(() -> patient(Duration.ZERO, notices).acquire(LockKind.SHARED)))
        .hasMessageContaining("cannot be read");
    assertThat(notices).singleElement().asString().startsWith("PT35S the lock locks/");
    assertThat(slept)
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));
    duringSleep = () -> store.delete(FileKind.LOCK.key(Id.hash(junk)));
    ours.acquire(LockKind.SHARED).close();
    store.put(FileKind.LOCK.key(Id.hash(junk)), junk);
    assertThat(ours.removeStale()).isZero();
    assertThat(ours.removeAll()).isEqualTo(2);
  }

  @Test
  @DisplayName("is replaced by a new file every five minutes")
  void refreshed() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      Id first = lock.currentId();
      clock.advance(Duration.ofMinutes(4));
      lock.tick();
      assertThat(lock.currentId()).isEqualTo(first);
      clock.advance(Duration.ofMinutes(1));
      lock.tick();
      assertThat(lock.currentId()).isNotEqualTo(first);
      assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));
      assertThat(ours.list().get(0).file().time().toInstant())
          .isEqualTo(START.plus(Duration.ofMinutes(5)));
    }
  }

  @Test
  @DisplayName("that cannot be refreshed holds for 22.5 minutes and recovers when the store does")
  void failingRefresh() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      store.failing = true;
      clock.advance(Duration.ofMinutes(22));
      lock.tick();
      lock.check();
      store.failing = false;
      lock.tick();
      clock.advance(Duration.ofMinutes(22));
      lock.check();
      assertThat(lockFiles()).hasSize(1);
    }
  }

  @Test
  @DisplayName("that is overdue goes on when its file survived, even a night asleep")
  void survivedSleep() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      Id first = lock.currentId();
      clock.advance(Duration.ofHours(8));
      lock.check();
      assertThat(lock.currentId()).isNotEqualTo(first);
      assertThat(lockFiles()).hasSize(1);
      lock.check();
    }
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("that was removed while overdue is lost for good")
  void lost() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      clock.advance(Duration.ofMinutes(23));
      theirs.removeAll();
      assertLocked(lock::check);
      assertLocked(lock::check);
      assertThatCode(lock::tick).doesNotThrowAnyException();
      assertThat(lockFiles()).isEmpty();
    }
  }

  @Test
  @DisplayName("that is removed while it is being renewed is lost, and leaves nothing behind")
  void lostMeanwhile() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      String first = FileKind.LOCK.key(lock.currentId());
      clock.advance(Duration.ofMinutes(23));
      duringSleep = () -> store.delete(first);
      assertLocked(lock::check);
    }
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("that is overdue while the store fails is lost")
  void lostToStore() {
    try (RepositoryLock lock = ours.acquire(LockKind.SHARED)) {
      clock.advance(Duration.ofMinutes(23));
      store.failing = true;
      assertLocked(lock::check);
      store.failing = false;
      assertLocked(lock::check);
    }
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("is removed with patience: a minute of tries, fewer when the run is to stop")
  void patientRemoval() {
    RepositoryLock lock = ours.acquire(LockKind.SHARED);
    slept.clear();
    store.failing = true;
    duringSleep = () -> store.failing = slept.size() < 3;
    lock.close();
    assertThat(lockFiles()).isEmpty();
    assertThat(slept).hasSize(3);

    duringSleep = () -> {};
    RepositoryLock second = ours.acquire(LockKind.SHARED);
    slept.clear();
    store.failing = true;
    second.close();
    assertThat(slept.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(60);
    second.close();

    store.failing = false;
    duringSleep = () -> clock.advance(Duration.ofSeconds(40));
    RepositoryLock third = ours.acquire(LockKind.SHARED);
    slept.clear();
    store.failing = true;
    third.close();
    assertThat(slept).as("the store took long for each try").hasSize(2);
  }

  @Test
  @DisplayName("of a prune is shared to all but another prune")
  void prune() {
    RepositoryLock prune = ours.acquire(LockKind.PRUNE);
    assertThat(new String(files.load(FileKind.LOCK, prune.currentId()), StandardCharsets.UTF_8))
        .contains("\"exclusive\":false")
        .endsWith("\"cloudstic\":\"prune\"}");
    theirs.acquire(LockKind.SHARED).close();
    assertLocked(() -> theirs.acquire(LockKind.EXCLUSIVE));
    assertThat(assertLocked(() -> theirs.acquire(LockKind.PRUNE)))
        .hasMessageContaining("is being pruned by tester on here");
    prune.close();
    theirs.acquire(LockKind.PRUNE).close();
  }

  @Test
  @DisplayName("that is exclusive for a moment is waited for by everybody, though not for ever")
  void brief() {
    Id theirLock = writeLock("there", 1, LockKind.BRIEF, START);
    assertThat(new String(files.load(FileKind.LOCK, theirLock), StandardCharsets.UTF_8))
        .contains("\"exclusive\":true");
    assertLocked(() -> ours.acquire(LockKind.SHARED));
    assertThat(slept.stream().mapToLong(Duration::toSeconds).sum()).isEqualTo(120);
    assertThat(slept.get(0)).isEqualTo(Duration.ofSeconds(1));

    slept.clear();
    duringSleep = () -> files.remove(FileKind.LOCK, theirLock);
    ours.acquire(LockKind.SHARED).close();
    assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofMillis(200));

    duringSleep = () -> {};
    slept.clear();
    writeLock("there", 1, LockKind.BRIEF, START.minus(Duration.ofMinutes(31)));
    assertLocked(() -> ours.acquire(LockKind.SHARED));
    assertThat(slept.stream().mapToLong(Duration::toSeconds).sum())
        .as("hardly anybody waits for an abandoned one")
        .isEqualTo(2);
  }

  @Test
  @DisplayName("that can be read under outlasts a brief one that came at the same moment")
  void outlastsBrief() {
    List<Id> brief = new ArrayList<>();
    duringSleep =
        () -> {
          if (brief.isEmpty()) {
            brief.add(writeLock("there", 1, LockKind.BRIEF, START));
          } else if (slept.size() == 3) {
            assertThat(lockFiles()).hasSize(2);
            files.remove(FileKind.LOCK, brief.get(0));
          }
        };
    try (RepositoryLock lock = ours.share()) {
      lock.check();
      assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));
    }
    assertThat(slept)
        .containsExactly(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("can become exclusive and shared again, and is there at any moment")
  void tightened() {
    RepositoryLock lock = ours.acquire(LockKind.PRUNE);
    duringSleep = () -> assertThat(lockFiles()).hasSize(2);
    lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {});
    assertThat(lock.kind()).isEqualTo(LockKind.BRIEF);
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));
    duringSleep = () -> {};
    assertLocked(() -> theirs.acquire(LockKind.SHARED));
    lock.relax(LockKind.PRUNE);
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(lock.currentId()));
    theirs.acquire(LockKind.SHARED).close();
    lock.close();
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("becomes exclusive once the others are gone, and nobody is hindered meanwhile")
  void tightenedAfterOthers() {
    RepositoryLock other = theirs.acquire(LockKind.SHARED);
    RepositoryLock lock = ours.acquire(LockKind.PRUNE);
    assertLocked(lock::requireAlone);
    slept.clear();
    List<String> done = new ArrayList<>();
    duringSleep =
        () -> {
          if (slept.size() == 1) {
            locks("elsewhere", 3).acquire(LockKind.SHARED).close();
          } else if (slept.size() == 5) {
            other.close();
          }
        };
    lock.tighten(
        LockKind.BRIEF,
        new LockWait(Duration.ofMinutes(1), (upTo, who) -> done.add(who)),
        () -> done.add("prepared"));
    assertThat(done).hasSize(2).last().isEqualTo("prepared");
    lock.close();
    assertThat(lockFiles()).isEmpty();
  }

  @Test
  @DisplayName("stays what it was when somebody comes while it becomes exclusive")
  void notTightened() {
    RepositoryLock lock = ours.acquire(LockKind.PRUNE);
    Id held = lock.currentId();
    RepositoryLock[] other = new RepositoryLock[1];
    assertLocked(
        () ->
            lock.tighten(
                LockKind.BRIEF, LockWait.NONE, () -> other[0] = theirs.acquire(LockKind.SHARED)));
    assertThat(lock.kind()).isEqualTo(LockKind.PRUNE);
    assertThat(lock.currentId()).isEqualTo(held);
    other[0].close();
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(held));

    store.failing = true;
    assertThatThrownBy(() -> lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {}))
        .isInstanceOf(StoreException.class);
    store.failing = false;
    assertThat(lock.kind()).isEqualTo(LockKind.PRUNE);

    duringSleep =
        () -> {
          throw new StoppedException();
        };
    assertThatThrownBy(() -> lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {}))
        .isInstanceOf(StoppedException.class);
    assertThat(lockFiles()).containsExactly(FileKind.LOCK.key(held));
    duringSleep = () -> {};

    store.delete(FileKind.LOCK.key(held));
    clock.advance(Duration.ofMinutes(23));
    assertLocked(() -> lock.tighten(LockKind.BRIEF, LockWait.NONE, () -> {}));
    assertThat(lockFiles()).isEmpty();
  }

  private RepositoryException assertLocked(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    RepositoryException failure = catchThrowableOfType(RepositoryException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.exitCode()).isEqualTo(ExitCode.LOCKED);
    return failure;
  }

  private Id writeLock(String host, long pid, boolean exclusive, Instant time) {
    return writeLock(host, pid, exclusive ? LockKind.EXCLUSIVE : LockKind.SHARED, time);
  }

  private Id writeLock(String host, long pid, LockKind kind, Instant time) {
    LockFile lock = new LockFile(time.atOffset(ZoneOffset.UTC), kind, host, "tester", pid, 0, 0);
    return files.save(FileKind.LOCK, lock.encode());
  }

  private List<String> lockFiles() {
    List<String> keys = new ArrayList<>();
    store.list("locks/", object -> keys.add(object.key()));
    return keys;
  }

  private UnpackedFiles files() {
    SecureRandom random = new SecureRandom();
    MasterKey key = MasterKey.generate(random);
    ThreadLocal<Envelope> envelopes = ThreadLocal.withInitial(() -> new Envelope(key, random));
    return new UnpackedFiles(store, envelopes::get, 2);
  }

  private Locks locks(String host, long pid) {
    RepositoryEnvironment environment = TestEnvironment.of(clock, sleeper, host, pid);
    return new Locks(files, environment, process -> process == OUR_PID);
  }

  private final class FailingStore extends MemoryStore {
    private boolean failing;
    private Duration slowness = Duration.ZERO;
    private boolean keeping;
    private boolean answering = true;
    private Runnable beforeGet = () -> {};

    @Override
    public byte[] get(String key) {
      beforeGet.run();
      return super.get(key);
    }

    @Override
    public void put(String key, byte[] data) {
      checkUp();
      clock.advance(slowness);
      super.put(key, data);
      if (!answering) {
        throw new StoreException("the answer was lost", null, null);
      }
    }

    @Override
    public void delete(String key) {
      checkUp();
      if (keeping) {
        throw new StoreDeniedException("nothing may be deleted", null, null);
      }
      super.delete(key);
    }

    private void checkUp() {
      if (failing) {
        throw new StoreException("the store is down", null, null);
      }
    }
  }
}
