package io.cloudstic.restic.lock;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.ObjectNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The locks of a repository: taking one, listing them, removing what crashed programs left. The
 * protocol is restic's, whose programs may be at work at the same time. Thread-safe.
 */
public final class Locks {
  /** Between writing the own lock and looking for others: two who start together see each other. */
  static final Duration SETTLE = Duration.ofMillis(200);

  /**
   * Waits before an unreadable lock is read again: it may be a store that is not consistent yet.
   */
  private static final List<Duration> UNREADABLE_WAITS =
      List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20));

  /** A listing that names locks which are not there is made again so often. */
  private static final int LOOKS = 5;

  private final UnpackedFiles files;
  private final RepositoryEnvironment environment;
  private final LongPredicate processExists;

  /** The locks among these files, seen from this process. */
  public Locks(UnpackedFiles files, RepositoryEnvironment environment) {
    this(files, environment, pid -> ProcessHandle.of(pid).isPresent());
  }

  Locks(UnpackedFiles files, RepositoryEnvironment environment, LongPredicate processExists) {
    this.files = files;
    this.environment = environment;
    this.processExists = processExists;
  }

  /**
   * A lock that was found.
   *
   * @param id its name
   * @param file what it says
   * @param stale whether nobody can be holding it
   */
  public record FoundLock(Id id, LockFile file, boolean stale) {}

  /**
   * Takes a lock, which refreshes itself until it is closed. Waits for others as long as the
   * environment says; no lock of ours is there meanwhile, so that two who wait never hold each
   * other up.
   *
   * @throws RepositoryException with {@link ExitCode#LOCKED} when somebody still holds one that
   *     excludes it, stale or not
   */
  public RepositoryLock acquire(LockKind kind) {
    Patience patience = new Patience(environment.lockWait(), environment.sleeper());
    while (true) {
      RepositoryLock lock = begin(kind, patience);
      try {
        lock.check();
        return lock;
      } catch (LockConflict conflict) {
        lock.close();
        patience.await(conflict);
      } catch (RuntimeException e) {
        lock.close();
        throw e;
      }
    }
  }

  /**
   * Takes a shared lock as {@link #acquire} does, and may hand it out before it has settled: its
   * holder can read at once, and asks {@link RepositoryLock#check}, which waits for the rest,
   * before anything is written.
   *
   * @throws RepositoryException with {@link ExitCode#LOCKED} as {@link #acquire} does
   */
  public RepositoryLock share() {
    return begin(LockKind.SHARED, new Patience(environment.lockWait(), environment.sleeper()));
  }

  private RepositoryLock begin(LockKind kind, Patience patience) {
    while (true) {
      try {
        return beginNow(kind);
      } catch (LockConflict conflict) {
        patience.await(conflict);
      }
    }
  }

  private RepositoryLock beginNow(LockKind kind) {
    Instant looked = environment.clock().instant();
    checkConflicts(kind, Set.of());
    RepositoryLock lock = new RepositoryLock(this, files, environment, kind);
    try {
      if (maySettleLater(kind, looked)) {
        lock.settleInBackground(() -> checkConflicts(kind, lock.ids()));
      } else {
        environment.sleeper().sleep(SETTLE);
        checkConflicts(kind, lock.ids());
      }
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    lock.refreshInBackground();
    return lock;
  }

  /**
   * Whether everybody who takes an exclusive lock sees ours, whatever the second look will show:
   * who had not written theirs when we looked first waits for {@link #SETTLE} before looking again,
   * and ours was there by then. So nothing that we read meanwhile can be taken away, and who holds
   * his only for a moment can be waited for.
   */
  private boolean maySettleLater(LockKind kind, Instant looked) {
    Duration took = Duration.between(looked, environment.clock().instant());
    return kind == LockKind.SHARED
        && environment.lockWait().limit().isZero()
        && took.compareTo(SETTLE.dividedBy(2)) < 0;
  }

  /**
   * Returns normally when nobody else holds a lock that excludes this kind.
   *
   * @param own lock files that do not count
   * @throws LockConflict when somebody does
   */
  void checkConflicts(LockKind kind, Set<Id> own) {
    Set<Id> harmless = new HashSet<>(own);
    for (int look = 0; look < LOOKS && !isFree(kind, harmless); look++) {
      // One that was gone when it was to be read may have been refreshed: its successor counts.
    }
  }

  /**
   * Looks once at the locks that are not known to be harmless, which then are.
   *
   * @return whether all that were listed could be read
   */
  private boolean isFree(LockKind kind, Set<Id> harmless) {
    boolean all = true;
    for (StoredFile listed : listed()) {
      if (harmless.contains(listed.id())) {
        continue;
      }
      LockFile lock = loadPatiently(listed.id()).orElse(null);
      if (lock == null) {
        all = false;
      } else if (lock.excludes(kind)) {
        throw new LockConflict(lock, isStale(lock), environment.clock().instant());
      } else {
        harmless.add(listed.id());
      }
    }
    return all;
  }

  /** What the lock says, or empty when it is gone by now. */
  private Optional<LockFile> loadPatiently(Id id) {
    boolean told = false;
    for (Duration wait : UNREADABLE_WAITS) {
      try {
        return load(id);
      } catch (IOException | RepositoryException unreadable) {
        if (!told) {
          Duration atMost = UNREADABLE_WAITS.stream().reduce(Duration.ZERO, Duration::plus);
          environment.lockWait().notice().accept(atMost, unreadable(id, unreadable));
          told = true;
        }
        environment.sleeper().sleep(wait);
      }
    }
    try {
      return load(id);
    } catch (IOException | RepositoryException e) {
      throw new RepositoryException(
          ExitCode.LOCKED,
          unreadable(id, e),
          "if no other program is using the repository, run: cloudstic unlock -remove-all",
          e);
    }
  }

  private static String unreadable(Id id, Exception why) {
    return "the lock " + FileKind.LOCK.key(id) + " cannot be read: " + why.getMessage();
  }

  private Optional<LockFile> load(Id id) throws IOException {
    try {
      return Optional.of(LockFile.decode(files.load(FileKind.LOCK, id)));
    } catch (ObjectNotFoundException e) {
      return Optional.empty();
    }
  }

  /** All locks that can be read. */
  public List<FoundLock> list() {
    List<FoundLock> found = new ArrayList<>();
    for (StoredFile listed : listed()) {
      try {
        load(listed.id())
            .ifPresent(lock -> found.add(new FoundLock(listed.id(), lock, isStale(lock))));
      } catch (IOException | RepositoryException unreadable) {
        // Nobody can say whose it is: left alone, as restic does.
      }
    }
    return found;
  }

  private boolean isStale(LockFile lock) {
    return lock.isStale(environment.clock().instant(), environment.hostname(), processExists);
  }

  /**
   * Removes locks that nobody can be holding; others and unreadable ones stay.
   *
   * @return how many were removed
   */
  public int removeStale() {
    List<FoundLock> stale = list().stream().filter(FoundLock::stale).toList();
    stale.forEach(lock -> files.remove(FileKind.LOCK, lock.id()));
    return stale.size();
  }

  /**
   * Removes all locks, also of programs that are running: they may lose data.
   *
   * @return how many were removed
   */
  public int removeAll() {
    List<Id> all = new ArrayList<>();
    files.list(FileKind.LOCK, file -> all.add(file.id()));
    all.forEach(id -> files.remove(FileKind.LOCK, id));
    return all.size();
  }

  /** Without files of 0 bytes: a full disk leaves them behind, and nobody holds them. */
  private List<StoredFile> listed() {
    List<StoredFile> found = new ArrayList<>();
    files.list(
        FileKind.LOCK,
        file -> {
          if (file.size() > 0) {
            found.add(file);
          }
        });
    return found;
  }
}
