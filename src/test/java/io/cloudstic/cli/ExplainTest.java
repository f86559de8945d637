package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
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

@DisplayName("explain")
@Timeout(300)
class ExplainTest {
  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(41));
    drive = simulator.model();
    drive.put("/office/report.txt", "report");
    drive.put("/office/old.txt", "old");
    drive.put("/office/a.tmp", "temporary");
    drive.put("/office/keep.tmp", "kept");
    drive.put("/secret/deep/plan.txt", "plan");
    drive.put("/virus.exe", "infected");
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private JsonNode explain(String... path) {
    String[] arguments = new String[path.length + 2];
    arguments[0] = "explain";
    arguments[1] = "-json";
    System.arraycopy(path, 0, arguments, 2, path.length);
    return workplace.run(0, arguments).json();
  }

  @Test
  @DisplayName("tells by which rule or reason a path is in or out, and since when, asking nobody")
  void states() throws Exception {
    Path ignore = directory.resolve(".backupignore");
    Files.writeString(ignore, "# what nobody needs\n*.tmp\n!keep.tmp\n/secret/\n");
    drive.oddities().mark(drive.at("/virus.exe"), Trait.MALWARE);
    drive.createShortcut(drive.root(), "Team", "b!other", "01OTHER");
    String[] rules = {"-exclude-file", ignore.toString()};
    String first = workplace.backup(3, "onedrive-changes", rules).path("snapshot_id").asText();
    drive.delete(drive.at("/office/old.txt"));
    String second = workplace.backup(3, "onedrive-changes", rules).path("snapshot_id").asText();
    simulator.statistics().reset();

    JsonNode report = explain("/office/report.txt");
    assertThat(report.path("state").asText()).isEqualTo("included");
    assertThat(report.path("included").asBoolean()).isTrue();
    assertThat(report.path("snapshot_id").asText()).isEqualTo(second);
    assertThat(report.path("last_changed").path("snapshot_id").asText()).isEqualTo(first);
    assertThat(report.path("size").asInt()).isEqualTo(6);
    assertThat(report.path("verification").asText()).isEqualTo("hash");
    assertThat(report.path("hashes").path("quick_xor").asText()).isNotEmpty();
    assertThat(report.path("item_id").asText()).isEqualTo(drive.at("/office/report.txt").id());
    JsonNode office = explain("office");
    assertThat(office.path("last_changed").path("snapshot_id").asText()).isEqualTo(second);

    JsonNode excluded = explain("/office/a.tmp");
    assertThat(excluded.path("state").asText()).isEqualTo("excluded");
    assertThat(excluded.path("rule").path("pattern").asText()).isEqualTo("*.tmp");
    assertThat(excluded.path("rule").path("file").asText()).isEqualTo(ignore.toString());
    assertThat(excluded.path("rule").path("line").asInt()).isEqualTo(2);
    JsonNode kept = explain("/office/keep.tmp");
    assertThat(kept.path("state").asText()).isEqualTo("included");
    assertThat(kept.path("rule").path("line").asInt()).isEqualTo(3);
    JsonNode below = explain("onedrive:/secret/deep/plan.txt");
    assertThat(below.path("rule").path("pattern").asText()).isEqualTo("/secret/");

    JsonNode infected = explain("/virus.exe");
    assertThat(infected.path("state").asText()).isEqualTo("failed");
    assertThat(infected.path("failure").path("attempts").asInt()).isEqualTo(2);
    assertThat(infected.path("failure").path("reason").asText()).contains("malware");
    JsonNode shortcut = explain("/Team");
    assertThat(shortcut.path("state").asText()).isEqualTo("left_out");
    assertThat(shortcut.path("reason").asText()).contains("shortcut");
    JsonNode gone = explain("/office/old.txt");
    assertThat(gone.path("state").asText()).isEqualTo("gone");
    assertThat(gone.path("last_stored").path("snapshot_id").asText()).isEqualTo(first);

    String text = workplace.run(0, "explain", "/office/a.tmp").out();
    assertThat(text).contains("in the backup: no").contains("*.tmp (" + ignore + ":2)");
    assertThat(workplace.run(0, "explain", "/virus.exe").out()).contains("2 attempts");
    assertThat(simulator.statistics().calls()).isZero();
  }

  @Test
  @DisplayName("fails for what was never known, and names what is near")
  void unknown() throws Exception {
    assertThat(workplace.run(1, "explain", "/x").err()).contains("no snapshot");
    workplace.backup("onedrive-changes");
    String error = workplace.run(1, "explain", "/office/rapport.txt").err();
    assertThat(error).contains("never known", "/office", "report.txt").doesNotContain("Exception");
    workplace.run(2, "explain");
  }

  @Test
  @DisplayName("knows the drive around a folder that is backed up, and paths from its root")
  void scope() throws Exception {
    workplace.backup("onedrive-changes:/office");
    assertThat(explain("/report.txt").path("state").asText()).isEqualTo("included");
    assertThat(explain("/office/report.txt").path("state").asText()).isEqualTo("included");
    JsonNode outside = explain("/secret/deep/plan.txt");
    assertThat(outside.path("state").asText()).isEqualTo("out_of_scope");
    assertThat(outside.path("reason").asText()).contains("/office");
  }
}
