package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A rate limit")
class RateLimitTest {
  private final AtomicLong now = new AtomicLong();

  @ParameterizedTest(name = "{0} is {1} bytes a second")
  @CsvSource({
    "500,      512000",
    "500k,     512000",
    "10M,      10485760",
    "1.5MiB/s, 1572864",
    "2GB,      2147483648",
    "1b,       1"
  })
  @DisplayName("is read with and without a unit")
  void is_read(String text, long bytes) {
    assertThat(RateLimit.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fast", "-5M", "10X", "1 2"})
  @DisplayName("that is no rate is refused")
  void refuses_nonsense(String text) {
    assertThatThrownBy(() -> RateLimit.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("-limit-download");
  }

  @Test
  @DisplayName("makes a read last as long as its bytes are due")
  void makes_reads_last() throws IOException {
    BackupProgress progress = new BackupProgress();
    RateLimit limit = RateLimit.of(1000, this::sleep, now::get);
    try (CountedStream stream =
        new CountedStream(new ByteArrayInputStream(new byte[5000]), progress, limit)) {
      assertThat(stream.readAllBytes()).hasSize(5000);
    }
    assertThat(Duration.ofNanos(now.get()))
        .isBetween(Duration.ofMillis(4990), Duration.ofMillis(5010));
    assertThat(progress.state(java.time.Instant.EPOCH).bytesDone()).isEqualTo(5000);
  }

  @Test
  @DisplayName("is shared: two downloads take twice as long")
  void is_shared() {
    RateLimit limit = RateLimit.of(1000, this::sleep, now::get);
    limit.took(1000);
    limit.took(1000);
    assertThat(Duration.ofNanos(now.get())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  @DisplayName("of zero never waits")
  void of_zero_never_waits() {
    RateLimit.of(
            0,
            duration -> {
              throw new AssertionError("waited " + duration);
            },
            now::get)
        .took(1L << 40);
  }

  private void sleep(Duration duration) {
    now.addAndGet(duration.toNanos());
  }
}
