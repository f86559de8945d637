package io.cloudstic.retention;

import io.cloudstic.failure.UsageException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the repository may be unused after pruning: the more, the less must be repacked.
 *
 * @param bytes at most so many, or -1 when it is a share
 * @param percent of what is stored after pruning, from 0 to below 100
 */
public record MaxUnused(long bytes, double percent) {
  /** restic's default: a twentieth. */
  public static final MaxUnused DEFAULT = new MaxUnused(-1, 5);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})([bkmgt]?)i?b?");

  /**
   * The limit that a text names: {@code 5%}, {@code 200M}, {@code unlimited}.
   *
   * @throws UsageException when it is something else
   */
  public static MaxUnused parse(String text) {
    if (text.equals("unlimited")) {
      return new MaxUnused(Long.MAX_VALUE, 0);
    }
    if (!text.endsWith("%")) {
      return new MaxUnused(size("-max-unused", text), 0);
    }
    try {
      double percent = Double.parseDouble(text.substring(0, text.length() - 1).strip());
      if (percent >= 0 && percent < 100) {
        return new MaxUnused(-1, percent);
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new UsageException(
        "-max-unused " + text + " is not a share of the repository",
        "give 0% or more, and less than 100%");
  }

  /**
   * A number of bytes as restic takes it: {@code 200M}, with binary units.
   *
   * @param flag named in the message
   * @throws UsageException when it is something else
   */
  public static long size(String flag, String text) {
    Matcher matcher = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      try {
        String unit = matcher.group(2);
        int power = unit.isEmpty() ? 0 : "bkmgt".indexOf(unit);
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << 10 * power);
      } catch (ArithmeticException tooMuch) {
        // said below
      }
    }
    throw new UsageException(
        flag + " " + text + " is not a size", "give a number with K, M, G or T, such as 200M");
  }

  /** How many bytes may be unused beside so many that are used. */
  long allowed(long used) {
    return bytes >= 0 ? bytes : (long) (percent / (100 - percent) * used);
  }
}
