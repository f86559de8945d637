package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The status")
@Timeout(120)
class StatusTest {
  @TempDir Path directory;
  private Simulator simulator;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(12).files(9));
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode status(int exit, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "status";
    all[1] = "-json";
    System.arraycopy(more, 0, all, 2, more.length);
    return workplace.run(exit, all).json();
  }

  @Test
  @DisplayName("wants attention before the first backup")
  void noBackup() {
    assertThat(workplace.run(1, "status").out()).contains("there is no snapshot yet");
    assertThat(status(1).path("status").asText()).isEqualTo("attention");
  }

  @Test
  @DisplayName("counts what is pending, and a peek takes nothing away from the next backup")
  void pending() throws Exception {
    workplace.backup("onedrive-changes");
    JsonNode source = status(0).path("sources").path(0);
    assertThat(source.path("pending").path("items").asInt()).isZero();
    assertThat(source.path("files_failed").asInt()).isZero();
    assertThat(source.path("last_complete_id")).isEqualTo(source.path("snapshot_id"));

    simulator.model().put("/new.txt", "new");
    simulator.model().put("/new too.txt", "new");
    simulator.model().delete(simulator.model().put("/short-lived.txt", "x"));
    for (int i = 0; i < 2; i++) {
      JsonNode pending = status(0).path("sources").path(0).path("pending");
      assertThat(pending.path("files").asInt()).as("peek %s: %s", i, pending).isEqualTo(2);
      assertThat(pending.path("more").asBoolean()).isFalse();
    }
    JsonNode summary = workplace.backup("onedrive-changes");
    assertThat(summary.path("scan").asText()).isEqualTo("delta");
    assertThat(summary.path("files_new").asInt()).isEqualTo(2);
    assertThat(workplace.run(0, "status").out())
        .contains("Last run", "Pending   nothing", "All is well", "check -read-data-subset");
    workplace.run(0, "check", "-read-data");
    assertThat(workplace.run(0, "status").out()).contains("all packs");
    assertThat(status(0).path("verified").path("never").asInt()).isZero();
  }

  @Test
  @DisplayName("names unread files and the last complete run, with exit code 3")
  void unread() {
    String complete = workplace.backup("onedrive-changes").path("snapshot_id").asText();
    simulator.model().oddities().mark(simulator.model().put("/infected.txt", "x"), Trait.MALWARE);
    workplace.backup(3, "onedrive-changes");
    JsonNode source = status(3).path("sources").path(0);
    assertThat(source.path("last_complete_id").asText()).isEqualTo(complete);
    assertThat(source.path("failures").path(0).path("path").asText()).contains("infected.txt");
    assertThat(workplace.run(3, "status").out()).contains("infected.txt", "could not be read");
  }

  @Test
  @DisplayName("is bad when a source is overdue, and when nobody is signed in")
  void overdue() throws Exception {
    workplace.backup("onedrive-changes");
    Path local = Files.createDirectories(directory.resolve("some"));
    Files.writeString(local.resolve("file"), "x");
    workplace.backup("local:" + local);
    Thread.sleep(1100);
    JsonNode late = status(1, "-max-age", "1s", "-offline");
    assertThat(late.path("sources")).hasSize(2);
    assertThat(late.path("sources").path(0).path("overdue").asBoolean()).isTrue();
    assertThat(workplace.run(1, "status", "-max-age", "1s", "-quiet", "-offline").out())
        .contains("is overdue");
    status(0, "-max-age", "0", "-offline");
    workplace.run(2, "status", "-max-age", "soon");

    workplace.run(0, "auth", "logout");
    JsonNode out = status(13);
    assertThat(out.toString()).contains("auth login");
    workplace.with("CLOUDSTIC_STORE", "local:" + directory.resolve("nowhere"));
    workplace.run(10, "status");
  }

  @Test
  @DisplayName("says that the feed has ended when it has")
  void feedEnded() {
    workplace.backup("onedrive-changes");
    simulator.expireDeltaTokens();
    assertThat(workplace.run(0, "status").out()).contains("lists the drive in full");
  }
}
