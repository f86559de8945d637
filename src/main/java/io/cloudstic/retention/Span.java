package io.cloudstic.retention;

import io.cloudstic.failure.UsageException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time by the calendar, in restic's form: {@code 1y5m7d2h}, any of the four parts.
 *
 * @param years not negative, as the others
 * @param months whatever days they have
 * @param days from one local time to the same on another day
 * @param hours of 60 minutes
 */
public record Span(int years, int months, int days, int hours) {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})([ymdh])");
  private static final Pattern WHOLE = Pattern.compile("(\\d{1,6}[ymdh])+");

  /**
   * The span that a text names.
   *
   * @throws UsageException when it is something else
   */
  public static Span parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new UsageException(
          "\"" + text + "\" is not a length of time",
          "write it in years, months, days and hours, for example 1y5m7d2h");
    }
    int[] parts = new int[4];
    Matcher part = PART.matcher(text);
    while (part.find()) {
      parts["ymdh".indexOf(part.group(2))] = Integer.parseInt(part.group(1));
    }
    return new Span(parts[0], parts[1], parts[2], parts[3]);
  }

  /** Whether it is no time at all, which restic takes as "not asked for". */
  public boolean isZero() {
    return years == 0 && months == 0 && days == 0 && hours == 0;
  }

  /**
   * The time that lies this long before another. A day that the month does not have counts on into
   * the next: a month before 31 March is 3 March, as in Go's {@code AddDate}.
   */
  OffsetDateTime before(OffsetDateTime time) {
    LocalDate date =
        LocalDate.of(time.getYear(), time.getMonthValue(), 1)
            .minusYears(years)
            .minusMonths(months)
            .plusDays(time.getDayOfMonth() - 1L - days);
    LocalTime hour = time.toLocalTime();
    return OffsetDateTime.of(date, hour, time.getOffset()).minusHours(hours);
  }

  /** The text that is parsed; empty for no time at all. */
  @Override
  public String toString() {
    return part(years, 'y') + part(months, 'm') + part(days, 'd') + part(hours, 'h');
  }

  private static String part(int value, char unit) {
    return value == 0 ? "" : Integer.toString(value) + unit;
  }
}
