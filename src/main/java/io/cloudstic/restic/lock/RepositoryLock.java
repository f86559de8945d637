package io.cloudstic.restic.lock;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.LockWait;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.StoreDeniedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that we hold. It is refreshed in the background; whoever writes asks {@link #check}
 * before, because a lock that could not be refreshed in time may have been removed by others.
 *
 * <p>Closing removes it and always returns normally. Thread-safe.
 */
public final class RepositoryLock implements AutoCloseable {
  /** restic's own pace. */
  static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

  /**
   * Well before the 30 minutes after which others call it stale; restic gives up at the same age.
   */
  static final Duration GIVE_UP_AGE = Duration.ofSeconds(22 * 60 + 30);

  /**
   * How often the wall clock is looked at: a timer of minutes would not notice a sleeping laptop.
   */
  private static final Duration TICK = Duration.ofSeconds(15);

  /** A minute in all, and a store that has tried for longer itself is not asked again. */
  private static final int[] REMOVAL_WAITS_SECONDS = {1, 2, 4, 8, 15, 30};

  private static final Duration REMOVAL_TIME = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryLock.class);

  private final Locks locks;
  private final UnpackedFiles files;
  private final RepositoryEnvironment environment;
  private volatile LockKind kind;

  /** Own lock files that may still be there; the current one is last. */
  private final List<Id> written = new ArrayList<>();

  /** Lock files whose writing failed: the store may have them all the same. */
  private final Set<Id> doubtful = new HashSet<>();

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "lock-refresh");
            thread.setDaemon(true);
            return thread;
          });

  /** The second look at the locks of others, when it is made in the background. */
  private volatile Settling settling;

  private volatile Instant refreshed;
  private volatile boolean lost;
  private boolean closed;

  /** Writes the lock's first file. */
  RepositoryLock(
      Locks locks, UnpackedFiles files, RepositoryEnvironment environment, LockKind kind) {
    this.locks = locks;
    this.files = files;
    this.environment = environment;
    this.kind = kind;
    try {
      write();
    } catch (RuntimeException e) {
      forgetDoubtful(e);
      throw e;
    }
  }

  private void forgetDoubtful(RuntimeException why) {
    try {
      removeDoubtful();
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  /** What it allows at the same time, at present. */
  public LockKind kind() {
    return kind;
  }

  /**
   * Becomes an exclusive lock, while it stays the lock that it is until it has done so: nobody sees
   * the repository unlocked in between. Waits for others to go; they may go on meanwhile, and new
   * ones may come.
   *
   * @param exclusive the kind
   * @param wait how long to wait, at most
   * @param whenQuiet done before each try, when nobody seems to be in the way
   * @throws RepositoryException with {@link ExitCode#LOCKED} when somebody still holds a lock, or
   *     this one was lost; otherwise it is what it was
   */
  public void tighten(LockKind exclusive, LockWait wait, Runnable whenQuiet) {
    Patience patience = new Patience(wait, environment.sleeper());
    while (true) {
      check();
      try {
        requireAlone();
        whenQuiet.run();
        check();
        become(exclusive);
        return;
      } catch (LockConflict conflict) {
        patience.await(conflict);
      }
    }
  }

  /**
   * Returns normally while nobody else holds a lock of any kind.
   *
   * @throws RepositoryException with {@link ExitCode#LOCKED} when somebody does
   */
  public synchronized void requireAlone() {
    locks.checkConflicts(LockKind.EXCLUSIVE, ids());
  }

  /** As when a lock is taken: written, and given back when somebody came at the same moment. */
  private synchronized void become(LockKind exclusive) {
    LockKind before = kind;
    Instant refreshedBefore = refreshed;
    Id held = currentId();
    boolean alone = false;
    try {
      kind = exclusive;
      write();
      environment.sleeper().sleep(Locks.SETTLE);
      requireAlone();
      alone = true;
    } finally {
      if (!alone) {
        kind = before;
        refreshed = refreshedBefore;
        removeAllBut(held);
      }
    }
    removeAllButLast();
  }

  /** Becomes a lock that allows more at the same time, without a moment in which there is none. */
  public void relax(LockKind shared) {
    check();
    loosen(shared);
  }

  private synchronized void loosen(LockKind shared) {
    LockKind before = kind;
    boolean done = false;
    try {
      kind = shared;
      write();
      done = true;
    } finally {
      if (!done) {
        kind = before;
      }
    }
    removeAllButLast();
  }

  /**
   * Returns normally while the lock is good. Cheap, unless the lock is too young: then it is waited
   * for, 200 ms as a rule; or overdue: then it is renewed on this thread, once, if nobody has
   * removed it.
   *
   * @throws RepositoryException with {@link ExitCode#LOCKED} when another one appeared at the same
   *     moment, or the lock is lost: nothing may be written any more
   */
  public void check() {
    Settling pending = settling;
    if (pending != null) {
      pending.await();
      settling = null;
    }
    if (!lost && isOverdue()) {
      renewOverdue();
    }
    if (lost) {
      throw new RepositoryException(
          ExitCode.LOCKED,
          "the lock on the repository was lost: it could not be refreshed for over 22 minutes",
          "run the same command again: it continues from here",
          null);
    }
  }

  /** Lets the lock be used for reading while {@code look} has not yet shown that it is alone. */
  void settleInBackground(Runnable look) {
    Patience patience = new Patience(environment.lockWait(), environment.sleeper());
    settling = new Settling(environment.sleeper(), look, patience);
    timer.execute(settling);
  }

  void refreshInBackground() {
    timer.scheduleWithFixedDelay(
        this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized Id currentId() {
    return written.get(written.size() - 1);
  }

  /** All files of this lock that may be in the store. */
  synchronized Set<Id> ids() {
    Set<Id> all = new HashSet<>(doubtful);
    all.addAll(written);
    return all;
  }

  /** Refreshes when it is time to; never throws, for the timer would end. */
  void tick() {
    try {
      if (lost) {
        return;
      }
      if (isOverdue()) {
        renewOverdue();
      } else if (age().compareTo(REFRESH_INTERVAL) >= 0) {
        refresh();
      }
    } catch (RuntimeException e) {
      if (!timer.isShutdown()) {
        LOG.warn("The lock could not be refreshed: {}", e.getMessage());
      }
    }
  }

  private Duration age() {
    return Duration.between(refreshed, environment.clock().instant());
  }

  private boolean isOverdue() {
    return age().compareTo(GIVE_UP_AGE) > 0;
  }

  private synchronized void refresh() {
    if (!closed) {
      write();
      removeAllButLast();
    }
  }

  /** The new file comes before the old one goes: there is never a moment without. */
  private void write() {
    LockFile file = LockFile.of(environment, kind);
    Id id = files.save(FileKind.LOCK, file.encode(), doubtful::add);
    doubtful.remove(id);
    written.add(id);
    refreshed = file.time().toInstant();
  }

  private void removeAllButLast() {
    removeAllBut(currentId());
  }

  private void removeAllBut(Id last) {
    for (Iterator<Id> old = written.iterator(); old.hasNext(); ) {
      Id id = old.next();
      if (!id.equals(last)) {
        files.remove(FileKind.LOCK, id);
        old.remove();
      }
    }
    removeDoubtful();
  }

  private void removeDoubtful() {
    for (Iterator<Id> one = doubtful.iterator(); one.hasNext(); ) {
      files.remove(FileKind.LOCK, one.next());
      one.remove();
    }
  }

  /**
   * After a pause in which others may have called us dead: goes on only if the old file was there
   * before and after the new one was written, so that nobody saw the repository unlocked.
   */
  private synchronized void renewOverdue() {
    if (lost || closed || !isOverdue()) {
      return;
    }
    Id old = currentId();
    boolean renewed = false;
    try {
      if (files.exists(FileKind.LOCK, old)) {
        Instant before = refreshed;
        write();
        environment.sleeper().pause(Locks.SETTLE);
        renewed = files.exists(FileKind.LOCK, old);
        if (!renewed) {
          refreshed = before;
        }
      }
      if (renewed) {
        removeAllButLast();
      }
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      LOG.warn("The overdue lock could not be renewed: {}", e.getMessage());
    }
    lost = !renewed;
  }

  /**
   * Removes the lock, trying for up to a minute unless the store forbids it; a failure is logged,
   * for the work itself is done.
   */
  @Override
  public void close() {
    Settling pending = settling;
    if (pending != null) {
      pending.abandon();
    }
    timer.shutdownNow();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      Instant end = environment.clock().instant().plus(REMOVAL_TIME);
      CloudsticException failure = remove();
      for (int wait : REMOVAL_WAITS_SECONDS) {
        boolean over =
            failure == null
                || failure instanceof StoreDeniedException
                || environment.clock().instant().isAfter(end);
        if (over || !slept(wait)) {
          break;
        }
        failure = remove();
      }
      if (failure != null) {
        LOG.warn(
            "The own lock could not be removed; run: cloudstic unlock ({})", failure.getMessage());
      }
    }
  }

  /** Removes what is written; what went wrong, or null. */
  private CloudsticException remove() {
    try {
      while (!written.isEmpty()) {
        files.remove(FileKind.LOCK, currentId());
        written.remove(written.size() - 1);
      }
      removeDoubtful();
      return null;
    } catch (CloudsticException e) {
      return e;
    }
  }

  /** Whether the wait was not cut short by the wish to stop. */
  private boolean slept(int seconds) {
    try {
      environment.sleeper().sleep(Duration.ofSeconds(seconds));
      return true;
    } catch (StoppedException e) {
      return false;
    }
  }
}
