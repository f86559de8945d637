package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue and the delta link belong to a snapshot, which may be forgotten. */
@DisplayName("The backup after its last snapshot was forgotten")
@Timeout(300)
class ForgottenLineageTest {
  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(31));
    drive = simulator.model();
    for (int i = 0; i < 10; i++) {
      drive.put("/folder/file" + i + ".txt", "content " + i);
    }
    workplace = Workplace.in(directory).on(simulator);
    workplace.backup("onedrive-changes");
    drive.put("/folder/file3.txt", "another content");
    drive.put("/folder/new.txt", "new content");
    drive.move(drive.at("/folder/file5.txt"), drive.at("/"));
    workplace.backup("onedrive-changes");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode again() throws Exception {
    simulator.statistics().reset();
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(FileState.of(drive).differences(FileState.of(workplace.restore("latest"))))
        .isEmpty();
    return summary;
  }

  @Test
  @DisplayName("continues from the one before, and downloads nothing that the repository has")
  void newestForgotten() throws Exception {
    workplace.run(0, "forget", "latest");

    JsonNode summary = again();

    assertThat(summary.path("scan").asText()).isEqualTo("delta");
    assertThat(summary.path("files_new").asInt()).isOne();
    assertThat(summary.path("files_changed").asInt()).isGreaterThanOrEqualTo(1);
    assertThat(simulator.statistics().downloads()).isZero();
  }

  @Test
  @DisplayName("downloads again only what was pruned")
  void newestPruned() throws Exception {
    workplace.run(0, "forget", "latest");
    workplace.run(0, "prune", "-max-unused", "0");

    JsonNode summary = again();

    assertThat(summary.path("scan").asText()).isEqualTo("delta");
    assertThat(simulator.statistics().downloads()).isEqualTo(2);
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();
  }

  @Test
  @DisplayName("enumerates everything when none is left, and downloads nothing all the same")
  void allForgotten() throws Exception {
    workplace.run(
        0, "forget", "-unsafe-allow-remove-all", "-path", "onedrive:/", "-keep-tag", "none");
    assertThat(workplace.restic().json("snapshots", "--json")).isEmpty();

    JsonNode summary = again();

    assertThat(summary.path("scan").asText()).isEqualTo("full");
    assertThat(summary.path("files_new").asInt()).isEqualTo(11);
    assertThat(simulator.statistics().downloads()).isZero();
  }

  @Test
  @DisplayName("goes on as if nothing had happened when only an older one is gone")
  void olderForgotten() throws Exception {
    workplace.run(0, "forget", "-keep-last", "1", "-prune", "-max-unused", "0");

    JsonNode summary = again();

    assertThat(summary.path("scan").asText()).isEqualTo("delta");
    assertThat(summary.path("files_unmodified").asInt()).isEqualTo(11);
    assertThat(simulator.statistics().downloads()).isZero();
  }
}
