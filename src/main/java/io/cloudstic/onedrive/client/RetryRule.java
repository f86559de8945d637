package io.cloudstic.onedrive.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether a failed call is tried once more, and after what pause. Throttles are not counted
 * here, because the {@link Gate} makes them wait and has the patience to end them; except those of
 * a call that is throttled again and again while others come through, for then it is not the load
 * but the call (a single large notebook is known to answer 503 for ever). Thread-safe.
 */
public final class RetryRule {
  /** The first pause between two attempts, as the program runs. */
  public static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Six more attempts, over about a minute: what passes, mostly passes in that time. */
  private static final int PASSING = 6;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Refusals are mostly meant; but some have been seen to pass. */
  private static final int DOUBTFUL = 2;

  /** Throttles of one call, each after an answer to another one. */
  private static final int SINGLED_OUT = 30;

  /** Once because the token was old, and once because another process's new one was, too. */
  private static final int REJECTED = 2;

  private static final int NO_ANSWER = 0;

  private final RandomGenerator random;
  private final LongSupplier answers;
  private final Duration firstPause;

  /** A rule for calls that nobody else competes with, whose pauses are drawn from this source. */
  public RetryRule(RandomGenerator random) {
    this(random, () -> 0, FIRST_PAUSE);
  }

  /**
   * A rule for calls of one service.
   *
   * @param random the pauses are drawn from it
   * @param answers how many calls to the service were answered so far, as {@link Gate#answers}
   * @param firstPause the pause before the second attempt; it doubles with each attempt
   */
  public RetryRule(RandomGenerator random, LongSupplier answers, Duration firstPause) {
    this.random = random;
    this.answers = answers;
    this.firstPause = firstPause;
  }

  /** What has gone wrong in one call so far. Not thread-safe. */
  public static final class Attempts {
    private int passing;
    private int doubtful;
    private int rejected;
    private int singledOut;
    private long answersBefore = -1;
  }

  /**
   * Takes note of an attempt that had no answer, or not a whole one.
   *
   * @return the pause before the next attempt, or empty when the call has failed
   */
  public Optional<Duration> next(Attempts attempts) {
    return next(attempts, NO_ANSWER, "");
  }

  /**
   * Takes note of an attempt that was answered with an error.
   *
   * @param error what the answer's body says
   * @return the pause before the next attempt, or empty when the call has failed
   */
  Optional<Duration> next(Attempts attempts, Reply reply, GraphError error) {
    return Gate.isThrottle(reply.status(), reply.headers())
        ? throttled(attempts)
        : next(attempts, reply.status(), error.code());
  }

  /** The same; reads the answer's body. */
  public Optional<Duration> next(Attempts attempts, Reply reply) {
    return next(attempts, reply, GraphError.of(reply));
  }

  /** The gate waits; here it only counts whether others got through since the last throttle. */
  private Optional<Duration> throttled(Attempts attempts) {
    long now = answers.getAsLong();
    if (attempts.answersBefore >= 0 && now > attempts.answersBefore) {
      attempts.singledOut++;
    }
    attempts.answersBefore = now;
    return attempts.singledOut < SINGLED_OUT ? Optional.of(Duration.ZERO) : Optional.empty();
  }

  Optional<Duration> next(Attempts attempts, int status, String code) {
    if (status == 401 && !code.equals(GraphError.RPS)) {
      // With another token; whoever gives them out knows when that is useless.
      return attempts.rejected++ < REJECTED ? Optional.of(Duration.ZERO) : Optional.empty();
    }
    if (status == 400 && code.equals(GraphError.INVALID_RESOURCE)) {
      return Optional.empty();
    }
    if (status == 400 || status == 409 || status == 423) {
      return attempts.doubtful < DOUBTFUL
          ? Optional.of(pause(attempts.doubtful++))
          : Optional.empty();
    }
    if (isPassing(status, code)) {
      return attempts.passing < PASSING ? Optional.of(pause(attempts.passing++)) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Whether another attempt at the same may succeed, for no reason of its own. */
  static boolean isPassing(int status, String code) {
    return switch (status) {
      case NO_ANSWER, 408, 500, 502, 503, 504 -> true;
      case 401 -> code.equals(GraphError.RPS);
      default -> false;
    };
  }

  /** Doubles with each attempt, less up to a half, so that crowds come apart. */
  private Duration pause(int attempt) {
    long millis = Math.min(LONGEST_PAUSE.toMillis(), firstPause.toMillis() << attempt);
    return Duration.ofMillis((long) (millis * (1 - random.nextDouble() / 2)));
  }
}
