package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as people write it: {@code 2026-11-22T10:00:00Z}, {@code 2026-11-22}, {@code 2026-11-22
 * 10:00}, {@code yesterday}, {@code 3d}, {@code 2 weeks ago}. What is not said in full lasts to its
 * end: a day until the next begins, a second until the next. Times without a zone are those of this
 * machine. Stateless.
 */
final class PointInTime {
  static final String FORMS =
      "write for example 2026-11-22, '2026-11-22 10:00', 2026-11-22T10:00:00Z, yesterday, 3d, or"
          + " '2 weeks ago'";

  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[tT ]+(\\d\\d:\\d\\d)(:\\d\\d)?(\\.\\d{1,9})?)?"
              + "\\s*([zZ]|[+-]\\d\\d:?\\d\\d)?");

  private static final Pattern AGO =
      Pattern.compile(
          "(?:(\\d{1,6})\\s*(y|mo|months?|years?|w|weeks?|d|days?|h|hours?|m|min|minutes?)\\s*)"
              + "(?:ago)?");

  private PointInTime() {}

  /** Whether the text is meant as a time, and not as the beginning of an id. */
  static boolean looksLikeTime(String text) {
    return TIME.matcher(text.strip()).matches();
  }

  /** From the first moment that a text means to the last. */
  private record Span(Instant first, Instant last) {
    static Span at(Instant moment) {
      return new Span(moment, moment);
    }

    static Span of(ZonedDateTime begin, ChronoUnit unit) {
      ZonedDateTime first = begin.truncatedTo(unit);
      return new Span(first.toInstant(), first.plus(1, unit).toInstant().minusNanos(1));
    }
  }

  /**
   * The last moment that is meant.
   *
   * @param now the present time, in the zone of whoever asks
   * @throws UsageException when the text is no time
   */
  static Instant last(String flag, String text, ZonedDateTime now) {
    return span(flag, text, now).last;
  }

  /** The first moment that is meant; otherwise as {@link #last}. */
  static Instant first(String flag, String text, ZonedDateTime now) {
    return span(flag, text, now).first;
  }

  private static Span span(String flag, String text, ZonedDateTime now) {
    try {
      String plain = text.strip().toLowerCase(Locale.ROOT);
      return relative(plain, now)
          .or(() -> absolute(text.strip(), now))
          .orElseThrow(() -> unknown(flag, text, null));
    } catch (DateTimeException | ArithmeticException e) {
      throw unknown(flag, text, e);
    }
  }

  private static UsageException unknown(String flag, String text, RuntimeException cause) {
    return new UsageException(flag + " '" + text + "' is no time", FORMS, cause);
  }

  private static Optional<Span> relative(String text, ZonedDateTime now) {
    switch (text) {
      case "now":
        return Optional.of(Span.at(now.toInstant()));
      case "today":
        return Optional.of(Span.of(now, ChronoUnit.DAYS));
      case "yesterday":
        return Optional.of(Span.of(now.minusDays(1), ChronoUnit.DAYS));
      default:
        Matcher ago = AGO.matcher(text);
        return ago.matches()
            ? Optional.of(
                Span.at(back(now, Integer.parseInt(ago.group(1)), ago.group(2)).toInstant()))
            : Optional.empty();
    }
  }

  /** As in restic's durations, {@code m} alone is months. */
  private static ZonedDateTime back(ZonedDateTime now, int count, String unit) {
    return switch (unit.charAt(0)) {
      case 'y' -> now.minus(Period.ofYears(count));
      case 'w' -> now.minus(Period.ofWeeks(count));
      case 'd' -> now.minus(Period.ofDays(count));
      case 'h' -> now.minus(Duration.ofHours(count));
      default ->
          unit.startsWith("min")
              ? now.minus(Duration.ofMinutes(count))
              : now.minus(Period.ofMonths(count));
    };
  }

  private static Optional<Span> absolute(String text, ZonedDateTime now) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return Optional.empty();
    }
    String clock = time.group(2);
    String seconds = time.group(3);
    String fraction = seconds == null ? null : time.group(4);
    if (seconds == null && time.group(4) != null) {
      return Optional.empty();
    }
    LocalDateTime local =
        clock == null
            ? LocalDate.parse(time.group(1)).atStartOfDay()
            : LocalDateTime.parse(
                time.group(1)
                    + "T"
                    + clock
                    + (seconds == null ? "" : seconds)
                    + (fraction == null ? "" : fraction));
    ZonedDateTime begin =
        time.group(5) == null
            ? local.atZone(now.getZone())
            : OffsetDateTime.of(local, offset(time.group(5))).toZonedDateTime();
    ChronoUnit unit =
        clock == null ? ChronoUnit.DAYS : seconds == null ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
    return Optional.of(fraction == null ? Span.of(begin, unit) : Span.at(begin.toInstant()));
  }

  private static ZoneOffset offset(String text) {
    return ZoneOffset.of(text.toUpperCase(Locale.ROOT));
  }
}
