package io.cloudstic.restic.lock;

import io.cloudstic.restic.LockWait;
import io.cloudstic.run.Sleeper;
import java.time.Duration;

/**
 * The waiting for locks of others, at growing intervals, as long as was asked; a little longer for
 * those that are held for a moment only. One object is the wait for one lock; one thread.
 */
final class Patience {
  /** Between the tries to take a lock; doubled each time, up to the longest. As in restic. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** Twice what a prune takes for a step, and the flight times of a distant store. */
  private static final Duration FOR_BRIEF = Duration.ofMinutes(2);

  /** Its holder may have given it back and ended between our look at the lock and that at him. */
  private static final Duration FOR_BRIEF_ABANDONED = Duration.ofSeconds(2);

  private static final Duration FIRST_BRIEF_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_BRIEF_PAUSE = Duration.ofSeconds(4);

  private final LockWait wait;
  private final Sleeper sleeper;
  private Duration waited = Duration.ZERO;
  private Duration pause = FIRST_PAUSE;
  private Duration briefPause = FIRST_BRIEF_PAUSE;
  private boolean told;

  Patience(LockWait wait, Sleeper sleeper) {
    this.wait = wait;
    this.sleeper = sleeper;
  }

  /**
   * Waits until it is time to try again.
   *
   * @throws LockConflict this one, when patience is at an end
   */
  void await(LockConflict conflict) {
    Duration limit = limit(conflict);
    Duration left = limit.minus(waited);
    if (left.isZero() || left.isNegative()) {
      throw conflict;
    }
    if (!told) {
      wait.notice().accept(limit, conflict.getMessage());
      told = true;
    }
    Duration next = conflict.isBrief() ? briefPause : pause;
    next = next.compareTo(left) < 0 ? next : left;
    sleeper.sleep(next);
    waited = waited.plus(next);
    if (conflict.isBrief()) {
      briefPause = doubled(briefPause, LONGEST_BRIEF_PAUSE);
    } else {
      pause = doubled(pause, LONGEST_PAUSE);
    }
  }

  private Duration limit(LockConflict conflict) {
    Duration least =
        !conflict.isBrief() ? Duration.ZERO : conflict.isStale() ? FOR_BRIEF_ABANDONED : FOR_BRIEF;
    return wait.limit().compareTo(least) < 0 ? least : wait.limit();
  }

  private static Duration doubled(Duration pause, Duration longest) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
