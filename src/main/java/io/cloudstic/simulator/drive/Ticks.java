package io.cloudstic.simulator.drive;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** Times in steps of 100 ns since 1970, the finest that Graph writes, in eight bytes each. */
final class Ticks {
  private static final long PER_SECOND = 10_000_000;

  private Ticks() {}

  static long of(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), PER_SECOND), time.getNano() / 100);
  }

  static Instant toInstant(long ticks) {
    return Instant.ofEpochSecond(
        Math.floorDiv(ticks, PER_SECOND), 100 * Math.floorMod(ticks, PER_SECOND));
  }

  /** ISO 8601 in UTC with zero to seven digits of fraction and no trailing zeros. */
  static String toText(long ticks) {
    Instant time = toInstant(ticks);
    int fraction = time.getNano() / 100;
    String seconds = DateTimeFormatter.ISO_INSTANT.format(time.minusNanos(time.getNano()));
    if (fraction == 0) {
      return seconds;
    }
    StringBuilder digits = new StringBuilder(Long.toString(PER_SECOND + fraction).substring(1));
    while (digits.charAt(digits.length() - 1) == '0') {
      digits.setLength(digits.length() - 1);
    }
    return seconds.substring(0, seconds.length() - 1) + "." + digits + "Z";
  }
}
