package io.cloudstic.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them, in restic's forms. */
final class Units {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Units() {}

  /** Bytes with a binary unit: {@code 12 B}, {@code 1.234 MiB} with {@code digits} decimals. */
  static String bytes(long bytes, int digits) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < BINARY.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, "%." + digits + "f %s", value, BINARY[unit]);
  }

  /** Bytes with one decimal. */
  static String bytes(long bytes) {
    return bytes(bytes, 1);
  }

  /** Minutes and seconds, and hours where there are any: {@code 0:12}, {@code 1:02:03}. */
  static String time(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds >= 3600
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
        : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
