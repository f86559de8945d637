package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The retry rule")
class RetryRuleTest {
  private final AtomicLong answersToOthers = new AtomicLong();
  private final RetryRule rule =
      new RetryRule(new Random(1), answersToOthers::get, Duration.ofSeconds(1));
  private final RetryRule.Attempts attempts = new RetryRule.Attempts();

  @ParameterizedTest
  @CsvSource({
    "500,6", "502,6", "503,6", "504,6", "408,6", "400,2", "409,2", "423,2", "401,2", "403,0",
    "404,0", "410,0", "507,0"
  })
  @DisplayName("tries a call again as often as its status promises something")
  void tries(int status, int expected) {
    int tries = 0;
    while (rule.next(attempts, reply(status, Map.of())).isPresent()) {
      tries++;
    }
    assertThat(tries).isEqualTo(expected);
  }

  @Test
  @DisplayName("waits ever longer, within about a minute")
  void pauses() {
    Duration total = Duration.ZERO;
    Duration last = Duration.ZERO;
    for (Optional<Duration> pause = rule.next(attempts);
        pause.isPresent();
        pause = rule.next(attempts)) {
      total = total.plus(pause.get());
      last = pause.get();
    }
    assertThat(total).isBetween(Duration.ofSeconds(31), Duration.ofSeconds(63));
    assertThat(last).isBetween(Duration.ofSeconds(16), Duration.ofSeconds(32));
  }

  @ParameterizedTest
  @CsvSource({"429,false", "509,false", "503,true"})
  @DisplayName("lets a storm of throttles that hits everybody last: the gate has the patience")
  void storm(int status, boolean retryAfter) {
    for (int i = 0; i < 10_000; i++) {
      assertThat(rule.next(attempts, throttle(status, retryAfter))).contains(Duration.ZERO);
    }
  }

  @ParameterizedTest
  @CsvSource({"429,false", "503,true"})
  @DisplayName("gives a call up that is throttled again and again while others come through")
  void singledOut(int status, boolean retryAfter) {
    int tries = 0;
    while (rule.next(attempts, throttle(status, retryAfter)).isPresent()) {
      answersToOthers.incrementAndGet();
      tries++;
    }
    assertThat(tries).isEqualTo(30);
  }

  private static Reply throttle(int status, boolean retryAfter) {
    return reply(status, retryAfter ? Map.of("Retry-After", "2") : Map.of());
  }

  private static Reply reply(int status, Map<String, String> headers) {
    return new Reply(status, headers, InputStream.nullInputStream());
  }
}
