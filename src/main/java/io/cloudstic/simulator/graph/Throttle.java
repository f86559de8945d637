package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.wire.Effect.RetryAfter;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.Statistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Counts requests and resource units in fixed windows. When a limit is passed, or a fault says so,
 * every call is refused until the fence falls; each call made meanwhile moves the fence further
 * away, up to a bound. Thread-safe.
 */
final class Throttle {
  /** Each call behind the fence prolongs it by this, as continued load does with the service. */
  private static final Duration PUNISHMENT = Duration.ofSeconds(1);

  private static final Duration LONGEST_PUNISHMENT = Duration.ofMinutes(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The share of a limit from which on the service sends its {@code RateLimit} headers. */
  private static final double NOTICE = 0.8;

  private final Limits limits;
  private final Clock clock;
  private final Statistics statistics;
  private Window requests;
  private Window units;
  private Instant fence = Instant.MIN;
  private Duration punished = Duration.ZERO;
  private int fenceStatus = 429;
  private RetryAfter form;

  private record Window(Instant end, int used) {}

  /** What to answer instead. */
  record Refusal(int status, String retryAfter) {}

  Throttle(Limits limits, Clock clock, Statistics statistics) {
    this.limits = limits;
    this.clock = clock;
    this.statistics = statistics;
    this.form = limits.form();
    this.requests = new Window(Instant.MIN, 0);
    this.units = new Window(Instant.MIN, 0);
  }

  /** Counts a call of so many units; refuses it where the caller has to wait. */
  synchronized Optional<Refusal> admit(int cost) {
    Instant now = clock.instant();
    if (now.isBefore(fence)) {
      if (punished.compareTo(LONGEST_PUNISHMENT) < 0) {
        punished = punished.plus(PUNISHMENT);
        fence = fence.plus(PUNISHMENT);
      }
      statistics.refused(true);
      return Optional.of(refusal(now));
    }
    requests = count(requests, now, limits.window(), 1);
    units = count(units, now, MINUTE, cost);
    boolean tooMany = limits.requests() > 0 && requests.used > limits.requests();
    boolean tooDear = limits.unitsPerMinute() > 0 && units.used > limits.unitsPerMinute();
    if (!tooMany && !tooDear) {
      return Optional.empty();
    }
    Instant end = tooMany ? requests.end : units.end;
    return Optional.of(fence(Duration.between(now, end), 429, limits.form()));
  }

  /** Puts up the fence from now on. */
  synchronized Refusal fence(Duration pause, int status, RetryAfter how) {
    Instant now = clock.instant();
    fence = now.plus(pause);
    punished = Duration.ZERO;
    fenceStatus = status;
    form = how;
    statistics.refused(false);
    return refusal(now);
  }

  /** The headers that tell how much is left, once most of a limit is used. */
  synchronized Reply notice(Reply reply) {
    Instant now = clock.instant();
    if (!notice(reply, units, limits.unitsPerMinute(), now)) {
      notice(reply, requests, limits.requests(), now);
    }
    return reply;
  }

  private static boolean notice(Reply reply, Window window, int limit, Instant now) {
    if (limit == 0 || window.used < limit * NOTICE || !now.isBefore(window.end)) {
      return false;
    }
    reply.with("RateLimit-Limit", Integer.toString(limit));
    reply.with("RateLimit-Remaining", Integer.toString(Math.max(0, limit - window.used)));
    reply.with("RateLimit-Reset", Long.toString(secondsUp(Duration.between(now, window.end))));
    return true;
  }

  private static Window count(Window window, Instant now, Duration length, int amount) {
    return now.isBefore(window.end)
        ? new Window(window.end, window.used + amount)
        : new Window(now.plus(length), amount);
  }

  private Refusal refusal(Instant now) {
    long seconds = secondsUp(Duration.between(now, fence));
    String value =
        switch (form) {
          case SECONDS -> Long.toString(seconds);
          case DATE ->
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  now.plusSeconds(seconds + 1).atOffset(ZoneOffset.UTC));
          case MISSING -> null;
        };
    return new Refusal(fenceStatus, value);
  }

  private static long secondsUp(Duration duration) {
    return Math.max(1, duration.plusNanos(999_999_999).toSeconds());
  }
}
