package io.cloudstic.onedrive.catalogue;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as the catalogue keeps them: exact, and of any year, since Graph gives 0001 and 1601. */
final class Times {
  private Times() {}

  /** Seconds since 1970 and nanoseconds; empty for null. */
  static String encode(Instant time) {
    return time == null ? "" : time.getEpochSecond() + "." + time.getNano();
  }

  /** The time that {@link #encode} wrote; null for null and empty. */
  static Instant decode(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    int dot = text.indexOf('.');
    return Instant.ofEpochSecond(
        Long.parseLong(text, 0, dot, 10), Long.parseLong(text, dot + 1, text.length(), 10));
  }

  /** A time of ISO 8601; null when there is none or it cannot be read. */
  static Instant parse(String iso) {
    if (iso == null || iso.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(iso);
    } catch (DateTimeException notATime) {
      return null;
    }
  }
}
