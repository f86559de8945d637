package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.LockWait;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreDeniedException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** The repository that the user named, open and locked as the command needs it. */
final class RepositoryAccess implements AutoCloseable {
  private final StoreAccess store;
  private final Repository repository;
  private final RepositoryLock lock;

  private RepositoryAccess(StoreAccess store, Repository repository, RepositoryLock lock) {
    this.store = store;
    this.repository = repository;
    this.lock = lock;
  }

  /** Opened under a shared lock, as everything that reads does it, if it can. */
  static RepositoryAccess open(CommandContext context) {
    StoreAccess store = StoreAccess.open(context);
    return open(
        store,
        repository -> toRead(context, repository),
        () -> repository(context, store.store(), store.name()));
  }

  /** Opened under a shared lock, as everything that adds does it. */
  static RepositoryAccess toAdd(CommandContext context) {
    refuseNoLock(context);
    return open(context, LockKind.SHARED);
  }

  /** Opened under an exclusive lock, as everything that takes away does it. */
  static RepositoryAccess exclusively(CommandContext context) {
    refuseNoLock(context);
    return open(context, LockKind.EXCLUSIVE);
  }

  /** The same, for taking away what is chosen quickly: others of ours wait for it. */
  static RepositoryAccess briefly(CommandContext context) {
    refuseNoLock(context);
    return open(context, LockKind.BRIEF);
  }

  /**
   * Opened under the lock of a prune. Unless the user wants to wait, nobody else may be there: what
   * is prepared could not be finished.
   */
  static RepositoryAccess toPrune(CommandContext context) {
    refuseNoLock(context);
    RepositoryAccess access = open(context, LockKind.PRUNE);
    try {
      if (access.repository.environment().lockWait().limit().isZero()) {
        access.lock.requireAlone();
      }
      return access;
    } catch (RuntimeException e) {
      access.close();
      throw e;
    }
  }

  /** Refuses {@code -no-lock} to commands that write. */
  static void refuseNoLock(CommandContext context) {
    if (context.global().noLock) {
      throw new UsageException(
          "-no-lock is for commands that only read: others could remove what this one relies on",
          "leave it out");
    }
  }

  /** Who may not write may read: others then do not know of it, and may remove what it reads. */
  private static RepositoryLock toRead(CommandContext context, Repository repository) {
    if (context.global().noLock) {
      return null;
    }
    try {
      return lettingGo(context, repository.share());
    } catch (StoreDeniedException e) {
      context.remark(
          "Warning: no lock could be written (%s); going on without one. With -no-lock it is not"
              + " tried.",
          e.getMessage());
      return null;
    }
  }

  /** Opened without a lock: for {@code unlock}, and for dry runs, which write nothing at all. */
  static RepositoryAccess withoutLock(CommandContext context) {
    return open(context, null);
  }

  /** The repository that is copied from, opened under a shared lock. */
  static RepositoryAccess toCopyFrom(CommandContext context, SourceRepositoryFlags from) {
    StoreAccess store = StoreAccess.open(context, from.uri(context.settings()));
    return open(
        store,
        repository -> toRead(context, repository),
        () -> {
          try {
            return opened(
                context, store.store(), store.name(), () -> context.passwords().toCopyFrom(from));
          } catch (RepositoryException e) {
            throw e.exitCode() != ExitCode.WRONG_PASSWORD
                ? e
                : new RepositoryException(
                    ExitCode.WRONG_PASSWORD,
                    "wrong password for the repository to copy from, " + store.name(),
                    "check -from-password-file or CLOUDSTIC_FROM_PASSWORD",
                    e);
          }
        });
  }

  /**
   * A run that does not stop in time is cut off. Until then it may still add, which needs no lock
   * for so short a time; what takes away keeps it to the end.
   */
  private static RepositoryLock lettingGo(CommandContext context, RepositoryLock lock) {
    if (lock.kind() == LockKind.SHARED) {
      context.stop().onGivenUp(lock::close);
    }
    return lock;
  }

  private static RepositoryAccess open(CommandContext context, LockKind kind) {
    StoreAccess store = StoreAccess.open(context);
    return open(
        store,
        repository -> kind == null ? null : lettingGo(context, repository.lock(kind)),
        () -> repository(context, store.store(), store.name()));
  }

  private static RepositoryAccess open(
      StoreAccess store,
      Function<Repository, RepositoryLock> locking,
      Supplier<Repository> opening) {
    Repository repository = null;
    try {
      repository = opening.get();
      RepositoryLock lock = locking.apply(repository);
      return new RepositoryAccess(store, repository, lock);
    } catch (RuntimeException e) {
      if (repository != null) {
        repository.close();
      }
      store.close();
      throw e;
    }
  }

  /**
   * Opens with the user's password, which is asked for only when there is something to open.
   *
   * @throws RepositoryException when there is no repository, named as the user named it
   */
  static Repository repository(CommandContext context, ObjectStore store, String name) {
    return opened(context, store, name, () -> context.passwords().toOpen());
  }

  private static Repository opened(
      CommandContext context, ObjectStore store, String name, Supplier<char[]> password) {
    if (!isThere(store)) {
      throw none(name);
    }
    RepositoryEnvironment environment = environment(context);
    return Repository.open(store, password.get(), environment);
  }

  /** The same for a backup: where there is none, a person is offered to have one made. */
  static Repository repositoryOrNew(CommandContext context, ObjectStore store, String name) {
    boolean offer = context.console().canAsk() && !context.global().noPrompt && !isThere(store);
    if (!offer) {
      return repository(context, store, name);
    }
    if (!context.console().confirm("There is no repository at " + name + ". Make one?")) {
      throw none(name);
    }
    Repository made = Repository.init(store, context.passwords().toCreate(), environment(context));
    context.remark("Made repository %s at %s", made.config().id().brief(), name);
    return made;
  }

  /** Whether the store holds a repository. */
  static boolean isThere(ObjectStore store) {
    return store.size(FileKind.configKey()).isPresent();
  }

  private static RepositoryException none(String name) {
    return new RepositoryException(
        ExitCode.NO_REPOSITORY,
        "there is no repository at " + name,
        "make one with: cloudstic init -store " + ShellWord.of(name),
        null);
  }

  /**
   * This process, with the machine's clock.
   *
   * @throws UsageException when {@code -retry-lock} is no duration
   */
  static RepositoryEnvironment environment(CommandContext context) {
    RepositoryEnvironment process =
        RepositoryEnvironment.system(Clock.systemDefaultZone(), context.stop());
    String patience = context.global().retryLock;
    Duration limit =
        patience == null ? Duration.ZERO : DurationSetting.ofFlag("-retry-lock", patience);
    return process.withLockWait(
        new LockWait(
            limit,
            (upTo, who) ->
                context.remark("Waiting up to %s: %s", DurationSetting.text(upTo), who)));
  }

  Repository repository() {
    return repository;
  }

  /** The lock that it is opened under, or null. */
  RepositoryLock lock() {
    return lock;
  }

  /**
   * Returns normally while the lock is good, or when there is none.
   *
   * @throws RepositoryException when it was lost: nothing may be changed any more
   */
  void checkLock() {
    if (lock != null) {
      lock.check();
    }
  }

  @Override
  public void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } finally {
      repository.close();
      store.close();
    }
  }
}
