package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A length of time in application.properties")
class DurationSettingTest {
  @ParameterizedTest
  @CsvSource({
    "30d, P30D",
    "6h, PT6H",
    "90m, PT90M",
    "1d12h, P1DT12H",
    "0d, PT0S",
    "1H 30M, PT1H30M",
    "PT6H, PT6H",
    "P2D, P2D",
    "0.5s, PT0.5S"
  })
  @DisplayName("is read in days, hours, minutes and seconds")
  void read(String text, Duration duration) {
    assertThat(DurationSetting.parse("key", text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"30", "soon", "-1d", "PT-1H", "1h1d", "99999999999999999999d", "999999999h9"})
  @DisplayName("is a mistake of the configuration when it is none")
  void refused(String text) {
    assertThatThrownBy(() -> DurationSetting.parse("key", text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("key=" + text);
  }
}
