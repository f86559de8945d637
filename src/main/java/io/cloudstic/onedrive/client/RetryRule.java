package io.cloudstic.onedrive.client;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides whether a failed call is tried once more, and after what pause. Throttles are not counted
 * here, because the {@link Gate} makes them wait and has the patience to end them. Thread-safe.
 */
public final class RetryRule {
  /** Six more attempts, over about a minute: what passes, mostly passes in that time. */
  private static final int PASSING = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Refusals are mostly meant; but some have been seen to pass. */
  private static final int DOUBTFUL = 2;

  private static final int NO_ANSWER = 0;

  private final RandomGenerator random;

  /** A rule whose pauses are drawn from this source. */
  public RetryRule(RandomGenerator random) {
    this.random = random;
  }

  /** What has gone wrong in one call so far. Not thread-safe. */
  public static final class Attempts {
    private int passing;
    private int doubtful;
    private int rejected;
  }

  /**
   * Takes note of a failed attempt.
   *
   * @param status the HTTP status, or 0 when there was no answer, or not a whole one
   * @param code the error code, lower case, or the empty string
   * @return the pause before the next attempt, or empty when the call has failed
   */
  public Optional<Duration> next(Attempts attempts, int status, String code) {
    if (status == 429 || status == 509) {
      return Optional.of(Duration.ZERO);
    }
    if (status == 401 && !code.equals(GraphError.RPS)) {
      // Once, with another token.
      return attempts.rejected++ == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
    }
    if (status == 400 && code.equals(GraphError.INVALID_RESOURCE)) {
      return Optional.empty();
    }
    if (status == 400 || status == 423) {
      return attempts.doubtful < DOUBTFUL
          ? Optional.of(pause(attempts.doubtful++))
          : Optional.empty();
    }
    if (isPassing(status, code)) {
      return attempts.passing < PASSING ? Optional.of(pause(attempts.passing++)) : Optional.empty();
    }
    return Optional.empty();
  }

  /** Takes note of an attempt that was answered with an error; reads the answer's body. */
  public Optional<Duration> next(Attempts attempts, Reply reply) {
    return next(attempts, reply.status(), GraphError.of(reply).code());
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
    long millis = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << attempt);
    return Duration.ofMillis((long) (millis * (1 - random.nextDouble() / 2)));
  }
}
