package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.repository.Repository;
import java.time.Clock;

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

  /** Opened under a shared lock, as everything that reads does it. */
  static RepositoryAccess open(CommandContext context) {
    return open(context, LockKind.SHARED);
  }

  /** Opened without a lock: for {@code unlock}. */
  static RepositoryAccess withoutLock(CommandContext context) {
    return open(context, null);
  }

  private static RepositoryAccess open(CommandContext context, LockKind kind) {
    StoreAccess store = StoreAccess.open(context);
    Repository repository = null;
    try {
      repository = repository(context, store.store(), store.name());
      RepositoryLock lock = kind == null ? null : repository.lock(kind);
      return new RepositoryAccess(store, repository, lock);
    } catch (RuntimeException e) {
      if (repository != null) {
        repository.close();
      }
      store.close();
      throw e;
    }
  }

  /** Opens with the user's password; a missing repository is named as the user named it. */
  static Repository repository(
      CommandContext context, io.cloudstic.store.ObjectStore store, String name) {
    try {
      return Repository.open(store, context.passwords().toOpen(), environment(context));
    } catch (RepositoryException e) {
      throw e.exitCode() == ExitCode.NO_REPOSITORY ? RepositoryException.none(name) : e;
    }
  }

  /** This process, with the machine's clock. */
  static RepositoryEnvironment environment(CommandContext context) {
    return RepositoryEnvironment.system(Clock.systemDefaultZone(), context.stop());
  }

  Repository repository() {
    return repository;
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
