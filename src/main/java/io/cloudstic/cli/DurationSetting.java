package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time in {@code application.properties} or a flag: numbers with the units d, h, m and
 * s, such as {@code 30d}, {@code 1h30m} or {@code 0.5s}; or as ISO 8601 writes it, {@code PT6H}.
 */
final class DurationSetting {
  private static final Pattern UNITS =
      Pattern.compile(
          "(?:(\\d{1,9})d)?((?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}(?:\\.\\d{1,9})?s)?)");

  private DurationSetting() {}

  /**
   * The value of a key.
   *
   * @throws UsageException when it is not a length of time
   */
  static Duration of(Settings settings, String key, Duration otherwise) {
    return settings.property(key).map(text -> parse(key, text)).orElse(otherwise);
  }

  /** The same, which has to be a millisecond at least. */
  static Duration positive(Settings settings, String key, Duration otherwise) {
    Duration duration = of(settings, key, otherwise);
    if (duration.toMillis() > 0) {
      return duration;
    }
    throw mistake(key, settings.property(key).orElse(""), null);
  }

  static Duration parse(String key, String text) {
    try {
      return parse(text.toLowerCase(Locale.ROOT).replace(" ", ""));
    } catch (DateTimeException | ArithmeticException e) {
      throw mistake(key, text, e);
    }
  }

  /**
   * The value of a flag.
   *
   * @throws UsageException when it is not a length of time
   */
  static Duration ofFlag(String flag, String text) {
    String stripped = text.strip();
    try {
      if (!stripped.isEmpty()) {
        return parse(stripped.toLowerCase(Locale.ROOT).replace(" ", ""));
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw mistake(flag + " " + text, e);
    }
    throw mistake(flag + " " + text, null);
  }

  /** As a person would write it, such as 24h or 1h30m. */
  static String text(Duration duration) {
    return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  private static UsageException mistake(String key, String text, Exception cause) {
    return mistake("application.properties: " + key + "=" + text, cause);
  }

  private static UsageException mistake(String what, Exception cause) {
    return new UsageException(
        what + " is not a duration", "write for example 30d, 6h, 90m or 0.5s", cause);
  }

  private static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    Matcher units = UNITS.matcher(text);
    if (!units.matches()) {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new DateTimeException("negative");
      }
      return duration;
    }
    Duration days = Duration.ofDays(units.group(1) == null ? 0 : Long.parseLong(units.group(1)));
    return units.group(2).isEmpty() ? days : days.plus(Duration.parse("PT" + units.group(2)));
  }
}
