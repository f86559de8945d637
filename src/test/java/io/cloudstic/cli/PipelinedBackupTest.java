package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.simulator.Mood;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A first backup")
@Timeout(300)
class PipelinedBackupTest {
  private static final int FILES = 30;

  @TempDir Path directory;

  @ParameterizedTest(name = "-concurrency {0}")
  @ValueSource(strings = {"0", "2"})
  @DisplayName("downloads while the feed is still read, which goes on while a file takes its time")
  void overlaps(String concurrency) throws Exception {
    SimulatorOptions options =
        SimulatorOptions.lifelike()
            .limits(Limits.NONE)
            .seed(17)
            .files(FILES)
            .moods(List.of(Mood.SMALLEST_PAGES));
    try (Simulator simulator = Simulator.start(options)) {
      Workplace workplace = Workplace.in(directory).on(simulator);
      CountDownLatch downloading = new CountDownLatch(1);
      CountDownLatch farther = new CountDownLatch(5);
      AtomicBoolean fedMeanwhile = new AtomicBoolean();
      AtomicBoolean readMeanwhile = new AtomicBoolean();
      // The feed waits for a download, and that one for the feed: only both together get on.
      simulator
          .faults()
          .on("graph GET .*delta")
          .fromMatch(12)
          .once()
          .then(new Effect.Before(() -> readMeanwhile.set(await(downloading))))
          .on("graph GET .*delta")
          .fromMatch(13)
          .then(new Effect.Before(farther::countDown))
          .on("storage GET")
          .once()
          .then(
              new Effect.Before(
                  () -> {
                    downloading.countDown();
                    fedMeanwhile.set(await(farther));
                  }));
      workplace.backup("onedrive-changes", "-concurrency", concurrency);
      assertThat(readMeanwhile).as("a download began before the feed's end").isTrue();
      assertThat(fedMeanwhile).as("the feed went on during a download").isTrue();
      assertThat(
              FileState.of(simulator.model())
                  .differences(FileState.of(workplace.restore("latest"))))
          .isEmpty();
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }
}
