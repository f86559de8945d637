package io.cloudstic.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoTimeTest {
  @ParameterizedTest
  @CsvSource({
    "1700000000, 0, 0, 2023-11-14T22:13:20Z",
    "1700000000, 123456789, 0, 2023-11-14T22:13:20.123456789Z",
    "1700000000, 120000000, 0, 2023-11-14T22:13:20.12Z",
    "1700000000, 100, 60, 2023-11-14T23:13:20.0000001+01:00",
    "1700000000, 500000000, -330, 2023-11-14T16:43:20.5-05:30",
    "-1, 0, 0, 1969-12-31T23:59:59Z",
    "-62135596800, 0, 0, 0001-01-01T00:00:00Z"
  })
  void writes_and_reads_times_as_restic_does(
      long seconds, int nanos, int offsetMinutes, String text) {
    OffsetDateTime time =
        Instant.ofEpochSecond(seconds, nanos)
            .atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
    assertThat(GoTime.format(time)).isEqualTo(text);
    assertThat(GoTime.parse(text)).isEqualTo(time);
    assertThat(GoTime.parse(text).getOffset()).isEqualTo(time.getOffset());
  }

  @Test
  void clamps_years_that_the_format_cannot_hold() {
    assertThat(GoTime.format(OffsetDateTime.of(12345, 2, 3, 0, 0, 0, 0, ZoneOffset.UTC)))
        .isEqualTo("9999-02-03T00:00:00Z");
    assertThat(GoTime.format(OffsetDateTime.of(-5, 2, 3, 0, 0, 0, 0, ZoneOffset.UTC)))
        .isEqualTo("0000-02-03T00:00:00Z");
  }

  @Test
  void keeps_the_instant_of_an_offset_that_java_does_not_know() {
    assertThat(GoTime.parse("2024-01-02T00:00:00+23:00").toInstant())
        .isEqualTo(Instant.parse("2024-01-01T01:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024",
        "2024-01-02",
        "2024-01-02T03:04:05",
        "2024-01-02t03:04:05Z",
        "2024-01-02T03:04:05z",
        "2024-01-02T3:04:05Z",
        "2024-01-02T03:04:05.Z",
        "2024-13-02T03:04:05Z",
        "2024-01-02T03:04:05+0100",
        "2024-01-02T03:04:05+01:00x"
      })
  void refuses_what_is_not_strictly_rfc_3339(String text) {
    assertThatThrownBy(() -> GoTime.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
