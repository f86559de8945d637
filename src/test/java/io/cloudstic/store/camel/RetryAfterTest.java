package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long services ask to wait. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryAfterTest {
  private static final String NOW = "Sun, 06 Nov 1994 08:49:37 GMT";

  @Test
  void a_number_is_seconds_and_has_a_bound() {
    assertThat(RetryAfter.of("7", null)).contains(Duration.ofSeconds(7));
    assertThat(RetryAfter.of("86400", null)).contains(RetryAfter.MOST);
    assertThat(RetryAfter.of("0", null)).isEmpty();
  }

  @Test
  void a_date_is_compared_with_the_service_s_own_clock() {
    assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:49:47 GMT", NOW))
        .contains(Duration.ofSeconds(10));
    assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:49:27 GMT", NOW)).isEmpty();
    assertThat(RetryAfter.of("Sun, 06 Nov 1994 08:49:47 GMT", null)).isEmpty();
  }

  @Test
  void what_cannot_be_read_asks_for_nothing() {
    assertThat(RetryAfter.of(null, NOW)).isEmpty();
    assertThat(RetryAfter.of("soon", NOW)).isEmpty();
    assertThat(RetryAfter.of("99999999999999999999", null)).isEmpty();
  }
}
