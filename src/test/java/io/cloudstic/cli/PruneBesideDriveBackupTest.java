package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A prune beside a backup of a OneDrive")
@Timeout(180)
class PruneBesideDriveBackupTest {
  private static final int FILES = 8;
  private static final int SIZE = 40_000;

  @TempDir Path directory;

  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private Simulator simulator;
  private Workplace workplace;

  /** What half of the files held is in no snapshot any more, and comes back to the drive. */
  @BeforeEach
  void forgotten() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(45));
    DriveModel drive = simulator.model();
    workplace = Workplace.in(directory).on(simulator);
    for (int i = 0; i < FILES; i++) {
      drive.put("/files/" + i + ".bin", new GeneratedContent(i, SIZE, false));
    }
    String first = workplace.backup("onedrive-changes").path("snapshot_id").asText();
    for (int i = 0; i < FILES / 2; i++) {
      drive.put("/files/" + i + ".bin", new GeneratedContent(100 + i, SIZE, false));
    }
    workplace.backup("onedrive-changes");
    workplace.run(0, "forget", first);
    for (int i = 0; i < FILES / 2; i++) {
      drive.put("/again/" + i + ".bin", new GeneratedContent(i, SIZE, false));
    }
    simulator.faults().on("storage GET").once().then(new Effect.Before(this::pause));
  }

  private void pause() {
    running.countDown();
    try {
      goOn.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    goOn.countDown();
    simulator.close();
  }

  @Test
  @DisplayName("prepares, waits for its end, and leaves what it relies on")
  void waits() throws Exception {
    CompletableFuture<Workplace.Run> backup =
        CompletableFuture.supplyAsync(() -> workplace.run("backup", "-source", "onedrive-changes"));
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();

    assertThat(workplace.run(11, "prune", "-max-unused", "0").err()).contains("is locked by");
    Workplace.Run prune =
        workplace.atTerminal(
            "",
            line -> {
              if (line.contains("Waiting up to 5m")) {
                goOn.countDown();
              }
            },
            "prune",
            "-max-unused",
            "0",
            "-grace",
            "0",
            "-retry-lock",
            "5m");

    assertThat(prune.exit()).as(prune.err()).isZero();
    assertThat(prune.out()).containsPattern("[1-9]\\d* packs stay after all");
    assertThat(backup.get(60, TimeUnit.SECONDS).exit()).isZero();
    workplace.assertSound();
    workplace.assertBothRestore(FileState.of(simulator.model()));
    assertThat(workplace.locks()).isEmpty();
    workplace.run(0, "prune", "-max-unused", "0", "-grace", "0");
    workplace.assertSound();
    assertThat(workplace.run(0, "list", "-json").json()).hasSize(2);
  }
}
