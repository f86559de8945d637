package io.cloudstic.onedrive.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * How long a server asks us to wait: {@code Retry-After} in seconds or as a date (RFC 9110, section
 * 10.2.3), {@code RateLimit-Reset} in seconds (draft-ietf-httpapi-ratelimit-headers-03). Stateless.
 */
final class RetryAfter {
  /** More than a day is nonsense, or a block that waiting does not lift. */
  private static final Duration MOST = Duration.ofDays(1);

  private RetryAfter() {}

  /** What {@code Retry-After} asks for, from now; empty when it is missing, senseless or over. */
  static Optional<Duration> of(Map<String, String> headers, Instant now) {
    String text = headers.get("Retry-After");
    if (text == null) {
      return Optional.empty();
    }
    return seconds(text).or(() -> untilDate(text, headers.get("Date"), now)).map(RetryAfter::bound);
  }

  /** What {@code RateLimit-Reset} says; empty when it is missing or senseless. */
  static Optional<Duration> reset(Map<String, String> headers) {
    return seconds(headers.get("RateLimit-Reset")).map(RetryAfter::bound);
  }

  /** The share of the limit that is left, from 0 to 1; empty when the headers do not say. */
  static Optional<Double> share(Map<String, String> headers) {
    Optional<Duration> limit = seconds(headers.get("RateLimit-Limit"));
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    return remaining(headers).map(left -> (double) left / Math.max(1, limit.get().toSeconds()));
  }

  /** How many units are left until the reset; empty when the headers do not say. */
  static Optional<Long> remaining(Map<String, String> headers) {
    String text = headers.get("RateLimit-Remaining");
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(Math.max(0, Long.parseLong(text.strip())));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> seconds(String text) {
    try {
      double seconds = text == null ? 0 : Double.parseDouble(text.strip());
      return seconds > 0 && seconds < Integer.MAX_VALUE
          ? Optional.of(Duration.ofMillis((long) Math.ceil(seconds * 1000)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * A date is meant by the server's clock, which its {@code Date} header shows; by ours when the
   * two make no sense together. Dates have no fractions, hence the second on top.
   */
  private static Optional<Duration> untilDate(String text, String date, Instant now) {
    Optional<Instant> until = date(text).map(time -> time.plusSeconds(1));
    return date(date)
        .flatMap(serverNow -> until.map(time -> Duration.between(serverNow, time)))
        .filter(RetryAfter::isAhead)
        .or(() -> until.map(time -> Duration.between(now, time)).filter(RetryAfter::isAhead));
  }

  private static boolean isAhead(Duration wait) {
    return wait.compareTo(Duration.ofSeconds(1)) > 0;
  }

  private static Optional<Instant> date(String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bound(Duration wait) {
    return wait.compareTo(MOST) > 0 ? MOST : wait;
  }
}
