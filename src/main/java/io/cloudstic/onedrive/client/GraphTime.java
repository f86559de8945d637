package io.cloudstic.onedrive.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * Times as Graph writes them: ISO 8601, with no fraction or one of up to nine digits, {@code Z}, an
 * offset or nothing at the end. Year 1 stands for "no value" (onedrive-api-docs#535). Stateless.
 */
final class GraphTime {
  private static final int NO_VALUE_YEAR = 1;

  private GraphTime() {}

  /** The time, or null when there is none or it cannot be read. */
  static Instant parse(String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      TemporalAccessor parsed =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              text.strip(), OffsetDateTime::from, LocalDateTime::from);
      OffsetDateTime time =
          parsed instanceof OffsetDateTime withOffset
              ? withOffset
              : ((LocalDateTime) parsed).atOffset(ZoneOffset.UTC);
      return time.getYear() <= NO_VALUE_YEAR ? null : time.toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
