package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What kill -9 does, long before an index is due. */
@DisplayName("A first backup that is killed")
@Timeout(180)
class KilledBackupTest {
  private static final int FILES = 220;

  /** One blob each; a pack holds some eighty, and two are filled at a time. */
  private static final int SIZE = 200_000;

  private static final int IN_A_PACK = (16 << 20) / SIZE - 4;

  @TempDir Path directory;

  private Simulator simulator;
  private Workplace workplace;

  @BeforeEach
  void killed() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(43));
    DriveModel drive = simulator.model();
    for (int i = 0; i < FILES; i++) {
      drive.put("/files/" + i + ".bin", new GeneratedContent(i, SIZE, false));
    }
    workplace = Workplace.in(directory).on(simulator);
    CountDownLatch nearlyDone = new CountDownLatch(1);
    simulator
        .faults()
        .on("storage GET")
        .fromMatch(FILES - 5)
        .then(
            new Effect.Before(nearlyDone::countDown),
            new Effect.Stall(1_000, Duration.ofMinutes(10)));
    Process program = workplace.start("backup", "-source", "onedrive-changes");
    try {
      assertThat(nearlyDone.await(60, TimeUnit.SECONDS)).as("got so far").isTrue();
      for (int i = 0; i < 1_000 && packs() == 0 && program.isAlive(); i++) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(packs()).as("packs in the store").isPositive();
    } finally {
      program.destroyForcibly().waitFor();
    }
    assertThat(files("index")).as("index files at this time").isZero();
    simulator.faults().clear();
    simulator.statistics().reset();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  @DisplayName("goes on without downloading what its packs hold, though no index names them")
  void goesOn() throws Exception {
    long before = packs();
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(simulator.statistics().downloads())
        .isLessThanOrEqualTo(FILES - before * IN_A_PACK + 16);
    assertThat(summary.path("files_new").asInt()).isEqualTo(FILES);
    workplace.assertBothRestore(FileState.of(simulator.model()));
    workplace.run(0, "unlock");
    workplace.assertSound();
  }

  private long packs() throws IOException {
    return files("data");
  }

  private long files(String kind) throws IOException {
    Path directory = workplace.repository().resolve(kind);
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9a-f]{64}")).count();
    } catch (UncheckedIOException vanished) {
      // A file that was just given its name.
      return 0;
    }
  }
}
