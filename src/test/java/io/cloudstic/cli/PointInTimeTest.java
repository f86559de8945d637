package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A point in time")
class PointInTimeTest {
  private static final ZonedDateTime NOW =
      ZonedDateTime.parse("2026-11-22T10:30:00+01:00[Europe/Berlin]");

  @ParameterizedTest(name = "{0}")
  @DisplayName("lasts to the end of what is said of it")
  @CsvSource({
    "2026-11-22T10:00:00Z,           2026-11-22T10:00:00.999999999Z",
    "2026-11-22T10:00:00.25Z,        2026-11-22T10:00:00.250Z",
    "2026-11-22T10:00:00.25+01:00,   2026-11-22T09:00:00.250Z",
    "2026-11-22t10:00:00.25z,        2026-11-22T10:00:00.250Z",
    "2026-11-22,                     2026-11-22T22:59:59.999999999Z",
    "2026-11-22Z,                    2026-11-22T23:59:59.999999999Z",
    "2026-07-22,                     2026-07-22T21:59:59.999999999Z",
    "2026-11-22 10:00,               2026-11-22T09:00:59.999999999Z",
    "2026-11-22T10:00,               2026-11-22T09:00:59.999999999Z",
    "2026-11-22 10:00:30,            2026-11-22T09:00:30.999999999Z",
    "2026-11-22 10:00:30.5 +0300,    2026-11-22T07:00:30.500Z",
    "now,                            2026-11-22T09:30:00Z",
    "today,                          2026-11-22T22:59:59.999999999Z",
    "Yesterday,                      2026-11-21T22:59:59.999999999Z",
    "3d,                             2026-11-19T09:30:00Z",
    "2 weeks ago,                    2026-11-08T09:30:00Z",
    "1 hour ago,                     2026-11-22T08:30:00Z",
    "90min,                          2026-11-22T08:00:00Z",
    "1m,                             2026-10-22T08:30:00Z",
    "1y,                             2025-11-22T09:30:00Z"
  })
  void forms(String text, String expected) {
    assertThat(PointInTime.last("-as-of", text, NOW)).isEqualTo(expected);
  }

  @ParameterizedTest
  @DisplayName("is refused when it is none")
  @ValueSource(
      strings = {"", "x", "2026-13-01", "2026-02-30", "2026-11-22 25:00", "22.11.2026", "3", "d"})
  void mistakes(String text) {
    assertThatThrownBy(() -> PointInTime.last("-as-of", text, NOW))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-as-of '" + text + "' is no time");
  }
}
