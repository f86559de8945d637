package io.cloudstic.restic.lock;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.RepositoryException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Somebody holds a lock that excludes ours. */
final class LockConflict extends RepositoryException {
  private static final long serialVersionUID = 1L;

  private final boolean brief;
  private final boolean stale;

  /** Because of this lock. */
  LockConflict(LockFile lock, boolean stale, Instant now) {
    super(
        ExitCode.LOCKED,
        describe(lock, stale, now),
        stale
            ? "run: cloudstic unlock, which removes abandoned locks only"
            : "wait until it has finished; if that program is gone, run: cloudstic unlock",
        null);
    this.brief = lock.kind() == LockKind.BRIEF;
    this.stale = stale;
  }

  private static String describe(LockFile lock, boolean stale, Instant now) {
    long minutes = Math.max(0, ChronoUnit.MINUTES.between(lock.time().toInstant(), now));
    return "the repository is %s by %s on %s (process %d) since %s, %d minutes ago%s"
        .formatted(
            switch (lock.kind()) {
              case SHARED -> "locked";
              case PRUNE -> "being pruned";
              case EXCLUSIVE, BRIEF -> "locked exclusively";
            },
            lock.username(),
            lock.hostname(),
            lock.pid(),
            lock.time().truncatedTo(ChronoUnit.SECONDS),
            minutes,
            stale ? "; that lock seems to be abandoned" : "");
  }

  /** Whether the other holds it for a moment only. */
  boolean isBrief() {
    return brief;
  }

  /** Whether nobody can be holding it any more. */
  boolean isStale() {
    return stale;
  }
}
