package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.run.Stop;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What Ctrl-C does. */
@DisplayName("A backup that is stopped")
@Timeout(300)
class StoppedBackupTest {
  private static final int FILES = 60;

  /**
   * The promise is two seconds; who waits for what the services hold back waits for 60 at least.
   */
  private static final long SECONDS = 30;

  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(41));
    drive = simulator.model();
    for (int i = 0; i < FILES; i++) {
      drive.put("/files/" + i + ".bin", new GeneratedContent(i, 40_000, false));
    }
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  @DisplayName(
      "ends at once with 130 and no lock, and the next run downloads what was missing only")
  void continues() throws Exception {
    CountDownLatch halfway = new CountDownLatch(1);
    simulator
        .faults()
        .on("storage GET")
        .fromMatch(FILES / 2)
        .once()
        .then(new Effect.Before(halfway::countDown));
    // From the middle on the storage is silent: somebody waits there when the stop comes.
    simulator
        .faults()
        .on("storage GET")
        .fromMatch(FILES / 2)
        .then(new Effect.Stall(1_000, Duration.ofSeconds(60)));
    Workplace.Run run = stopAfter(halfway, "backup", "-source", "onedrive-changes");
    assertThat(run.exit()).as(run.err()).isEqualTo(130);
    assertThat(run.err()).contains("stopped").doesNotContain("Exception", "\tat ");
    assertThat(workplace.locks()).isEmpty();
    long stored = downloaded() - simulatedInFlight();

    simulator.faults().clear();
    simulator.statistics().reset();
    workplace.backup("onedrive-changes");
    assertThat(simulator.statistics().downloads())
        .isLessThanOrEqualTo(FILES - stored)
        .isLessThan(FILES);
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();
  }

  @Test
  @DisplayName("while Microsoft makes it wait for minutes ends at once, too")
  void throttled() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    simulator
        .faults()
        .on("graph GET .*delta")
        .then(
            new Effect.Before(asked::countDown),
            new Effect.Throttle(429, Duration.ofMinutes(5), Effect.RetryAfter.SECONDS));
    Workplace.Run run = stopAfter(asked, "backup", "-source", "onedrive-changes");
    assertThat(run.exit()).as(run.err()).isEqualTo(130);
    assertThat(workplace.locks()).isEmpty();
  }

  private Workplace.Run stopAfter(CountDownLatch moment, String... arguments) throws Exception {
    Stop stop = new Stop();
    CompletableFuture<Workplace.Run> run =
        CompletableFuture.supplyAsync(() -> workplace.run(stop, arguments));
    assertThat(moment.await(60, TimeUnit.SECONDS)).isTrue();
    stop.ask();
    return run.get(SECONDS, TimeUnit.SECONDS);
  }

  private long downloaded() {
    return drive.live().stream().mapToLong(Item::downloads).sum();
  }

  /** As many as are fetched at once may have been cut off. */
  private long simulatedInFlight() {
    return Math.min(downloaded(), 32);
  }
}
