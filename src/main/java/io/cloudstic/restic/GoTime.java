package io.cloudstic.restic;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as restic writes them into JSON: RFC 3339 with up to nine digits of fraction, whose
 * trailing zeros are left out, and {@code Z} for the offset zero (Go's {@code time.RFC3339Nano}).
 *
 * <p>{@code Instant.toString()} is not that: it pads the fraction to three, six or nine digits.
 */
public final class GoTime {
  /** What a missing time reads as: the zero of Go's {@code time.Time}. */
  public static final OffsetDateTime ZERO = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  /** Length of the longest text: {@code 2006-01-02T15:04:05.999999999-07:00}. */
  public static final int MAX_LENGTH = 35;

  private static final int SECONDS_END = 19;
  private static final int MINUTES_PER_HOUR = 60;

  private GoTime() {}

  /** The text of the time; years before 0 and after 9999 are clamped as restic clamps them. */
  public static String format(OffsetDateTime time) {
    byte[] text = new byte[MAX_LENGTH];
    return new String(text, 0, write(time, text, 0), StandardCharsets.US_ASCII);
  }

  /**
   * Writes the text of the time in ASCII to {@code target} at {@code offset}, where {@link
   * #MAX_LENGTH} bytes must be free, and returns the end of what was written.
   */
  public static int write(OffsetDateTime time, byte[] target, int offset) {
    OffsetDateTime t = time;
    if (t.getYear() < 0) {
      t = t.withYear(0);
    } else if (t.getYear() > 9999) {
      t = t.withYear(9999);
    }
    int at = digits(target, offset, t.getYear(), 4);
    target[at++] = '-';
    at = digits(target, at, t.getMonthValue(), 2);
    target[at++] = '-';
    at = digits(target, at, t.getDayOfMonth(), 2);
    target[at++] = 'T';
    at = digits(target, at, t.getHour(), 2);
    target[at++] = ':';
    at = digits(target, at, t.getMinute(), 2);
    target[at++] = ':';
    at = digits(target, at, t.getSecond(), 2);
    at = fraction(target, at, t.getNano());
    return zone(target, at, t.getOffset().getTotalSeconds() / MINUTES_PER_HOUR);
  }

  private static int fraction(byte[] target, int offset, int nanos) {
    if (nanos == 0) {
      return offset;
    }
    target[offset] = '.';
    int end = digits(target, offset + 1, nanos, 9);
    while (target[end - 1] == '0') {
      end--;
    }
    return end;
  }

  private static int zone(byte[] target, int offset, int minutes) {
    if (minutes == 0) {
      target[offset] = 'Z';
      return offset + 1;
    }
    target[offset] = (byte) (minutes < 0 ? '-' : '+');
    int at = digits(target, offset + 1, Math.abs(minutes) / MINUTES_PER_HOUR, 2);
    target[at++] = ':';
    return digits(target, at, Math.abs(minutes) % MINUTES_PER_HOUR, 2);
  }

  private static int digits(byte[] target, int offset, int value, int count) {
    int rest = value;
    for (int i = offset + count - 1; i >= offset; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return offset + count;
  }

  /**
   * The time that a text names. Strict RFC 3339: two digits each, capital {@code T} and {@code Z}.
   * A fraction finer than nanoseconds is cut off. An offset beyond the 18 hours that Java knows
   * becomes UTC; the instant stays right.
   *
   * @throws DateTimeException when the text is something else
   */
  public static OffsetDateTime parse(String text) {
    if (text.length() <= SECONDS_END
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw malformed(text);
    }
    int at = SECONDS_END;
    int nanos = 0;
    if (text.charAt(at) == '.') {
      int scale = 100_000_000;
      int first = ++at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        nanos += (text.charAt(at++) - '0') * scale;
        scale /= 10;
      }
      if (at == first) {
        throw malformed(text);
      }
    }
    int offsetMinutes = parseZone(text, at);
    boolean known = Math.abs(offsetMinutes) <= ZoneOffset.MAX.getTotalSeconds() / MINUTES_PER_HOUR;
    OffsetDateTime local =
        OffsetDateTime.of(
            number(text, 0, 4),
            number(text, 5, 2),
            number(text, 8, 2),
            number(text, 11, 2),
            number(text, 14, 2),
            number(text, 17, 2),
            nanos,
            known ? ZoneOffset.ofTotalSeconds(offsetMinutes * MINUTES_PER_HOUR) : ZoneOffset.UTC);
    return known ? local : local.minusMinutes(offsetMinutes);
  }

  private static int parseZone(String text, int at) {
    if (at == text.length() - 1 && text.charAt(at) == 'Z') {
      return 0;
    }
    if (at != text.length() - 6 || text.charAt(at + 3) != ':') {
      throw malformed(text);
    }
    int minutes = number(text, at + 1, 2) * MINUTES_PER_HOUR + number(text, at + 4, 2);
    return switch (text.charAt(at)) {
      case '+' -> minutes;
      case '-' -> -minutes;
      default -> throw malformed(text);
    };
  }

  private static int number(String text, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      if (!isDigit(text.charAt(i))) {
        throw malformed(text);
      }
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static DateTimeException malformed(String text) {
    String shown = text.length() > 2 * MAX_LENGTH ? text.substring(0, 2 * MAX_LENGTH) : text;
    return new DateTimeException("not an RFC 3339 time: " + shown);
  }
}
