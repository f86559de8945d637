package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.backup.BackupProgress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The progress of a backup")
class ProgressTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private long seconds;

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return BEGIN.plusSeconds(seconds);
        }
      };
  private final BackupProgress progress = new BackupProgress();
  private final BackupLine line =
      new BackupLine(progress, clock, () -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  @DisplayName("tells the time left only once the total is known")
  void timeLeft() {
    progress.listing(() -> 7);
    progress.found(10 << 20);
    progress.found(10 << 20);
    progress.read(5 << 20);
    progress.fileDone();
    seconds = 5;
    assertThat(line.now().text())
        .isEqualTo("7 listed, 1/2+ files, 5.0 MiB of 20.0 MiB+, 1.0 MiB/s");
    assertThat(line.now().json().has("seconds_remaining")).isFalse();

    progress.foundAll();
    assertThat(line.now().text())
        .isEqualTo("7 listed, 1/2 files, 5.0 MiB of 20.0 MiB, 1.0 MiB/s, 0:15 left");
    assertThat(line.now().json().path("seconds_remaining").asInt()).isEqualTo(15);
    assertThat(line.now().json().path("percent_done").asDouble()).isEqualTo(0.25);
  }

  @Test
  @DisplayName("says at what rate it goes now, not since the beginning")
  void rateOfNow() {
    progress.found(1 << 30);
    progress.read(100 << 20);
    for (seconds = 1; seconds < 100; seconds++) {
      line.now();
    }
    assertThat(line.now().text()).contains(", 0 B/s");
    progress.read(15 << 20);
    assertThat(line.now().text()).contains(", 1.0 MiB/s");
  }

  @Test
  @DisplayName("names the reason of a wait while it lasts")
  void waiting() {
    progress.waiting("Microsoft Graph asked us to wait", BEGIN.plusSeconds(30));
    seconds = 29;
    assertThat(line.now().text()).startsWith("Microsoft Graph asked us to wait; 0/0+ files");
    assertThat(line.now().json().path("waiting").asText()).isNotEmpty();
    seconds = 30;
    assertThat(line.now().text()).isEqualTo("starting");
    assertThat(line.now().json().has("waiting")).isFalse();
  }
}
