package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which snapshot a backup continues, and which not. */
@DisplayName("A backup")
@Timeout(300)
class LineageTest {
  @TempDir Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;

  @BeforeEach
  void start() throws Exception {
    simulator = Simulator.start(options(21));
    drive = simulator.model();
    drive.put("/office/report.txt", "report");
    drive.put("/office/deep/figures.csv", "1,2,3");
    drive.put("/home/letter.txt", "letter");
    drive.put("/home/cache.tmp", "temporary");
    drive.put("/top.txt", "top");
    workplace = Workplace.in(directory).on(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private static SimulatorOptions options(long seed) {
    return SimulatorOptions.lifelike()
        .accountType(AccountType.PERSONAL)
        .limits(Limits.NONE)
        .seed(seed);
  }

  @Test
  @DisplayName("of either source type continues the other's snapshots")
  void sharedLineage() throws Exception {
    workplace.backup("onedrive");
    drive.put("/office/new.txt", "new");
    simulator.statistics().reset();
    JsonNode changes = workplace.backup("onedrive-changes");
    assertThat(changes.path("files_unmodified").asInt()).isEqualTo(5);
    assertThat(changes.path("files_new").asInt()).isOne();
    assertThat(simulator.statistics().downloads()).isLessThanOrEqualTo(2);
    drive.put("/office/new.txt", "newer");
    JsonNode listed = workplace.backup("onedrive");
    assertThat(listed.path("files_changed").asInt()).isOne();
    simulator.statistics().reset();
    assertThat(workplace.backup("onedrive-changes").path("scan").asText()).isEqualTo("delta");
    assertThat(simulator.statistics().downloads()).isZero();
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    assertThat(snapshots).hasSize(4);
    for (int i = 1; i < 4; i++) {
      assertThat(snapshots.get(i).path("parent")).isEqualTo(snapshots.get(i - 1).path("id"));
    }
    workplace.assertBothRestore(FileState.of(drive));
  }

  @Test
  @DisplayName("of another account or drive never continues a foreign one, in either direction")
  void foreign() throws Exception {
    workplace.backup("onedrive-changes");
    DriveModel second = simulator.addDrive(77, "Archive");
    second.put("/office/report.txt", "another report");
    JsonNode other = workplace.backup("onedrive-changes://Archive");
    assertThat(other.path("scan").asText()).isEqualTo("full");
    assertThat(other.path("files_new").asInt()).isOne();
    assertThat(other.path("files_removed").asInt()).isZero();
    assertThat(other.path("source").path("path").asText()).isEqualTo("onedrive://Archive/");
    assertThat(FileState.of(second).differences(FileState.of(workplace.restore("latest"))))
        .isEmpty();

    try (Simulator stranger =
        Simulator.start(options(22).userPrincipalName("adele@contoso.example"))) {
      stranger.model().put("/office/report.txt", "a stranger's report");
      workplace.on(stranger);
      JsonNode theirs = workplace.backup("onedrive-changes");
      assertThat(theirs.path("scan").asText()).isEqualTo("full");
      assertThat(theirs.path("files_new").asInt()).isOne();
      assertThat(theirs.path("files_removed").asInt()).isZero();
      workplace.assertBothRestore(FileState.of(stranger.model()));
    }

    workplace.on(simulator);
    JsonNode own = workplace.backup("onedrive-changes");
    assertThat(own.path("scan").asText()).isEqualTo("delta");
    assertThat(own.path("files_unmodified").asInt()).isEqualTo(5);
    assertThat(own.path("files_new").asInt()).isZero();
    workplace.assertBothRestore(FileState.of(drive));
    assertThat(workplace.backup("onedrive-changes://Archive").path("scan").asText())
        .isEqualTo("delta");
    workplace.assertSound();
  }

  @Test
  @DisplayName("of a drive named by its id and of one named by its name share a lineage")
  void nameAndId() throws Exception {
    DriveModel second = simulator.addDrive(78, "Archive");
    second.put("/one.txt", "one");
    workplace.backup("onedrive-changes://Archive");
    JsonNode again = workplace.backup("onedrive-changes", "-drive-id", second.driveId());
    assertThat(again.path("scan").asText()).isEqualTo("delta");
    assertThat(again.path("files_unmodified").asInt()).isOne();
    workplace.run(2, "backup", "-source", "onedrive-changes://Nowhere");
  }

  @Test
  @DisplayName("of a sub-folder holds what the folder holds, follows it, and takes what moves in")
  void subFolder() throws Exception {
    workplace.backup("onedrive-changes");
    JsonNode first = workplace.backup("onedrive-changes:/office");
    assertThat(first.path("source").path("path").asText()).isEqualTo("onedrive:/office");
    assertThat(first.path("files_new").asInt()).isEqualTo(2);
    workplace.assertBothRestore(FileState.of(drive).below("/office"));

    drive.move(drive.at("/home"), drive.at("/office"));
    drive.move(drive.at("/office/report.txt"), drive.root());
    drive.put("/elsewhere/not.txt", "not in the folder");
    JsonNode delta = workplace.backup("onedrive-changes:/office");
    assertThat(delta.path("scan").asText()).isEqualTo("delta");
    workplace.assertBothRestore(FileState.of(drive).below("/office"));

    drive.put("/office/deep/more.txt", "more");
    workplace.backup("onedrive:/office");
    workplace.assertBothRestore(FileState.of(drive).below("/office"));
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
    workplace.assertSound();
  }

  @Test
  @DisplayName("of a sub-folder that is not there fails, and makes no snapshot")
  void noSubFolder() throws Exception {
    Workplace.Run run = workplace.run("backup", "-source", "onedrive-changes:/nowhere");
    assertThat(run.exit()).as(run.err()).isIn(1, 2);
    assertThat(run.err()).contains("nowhere").doesNotContain("Exception", "\tat ");
    assertThat(workplace.restic().json("snapshots", "--json")).isEmpty();
    assertThat(workplace.locks()).isEmpty();
  }

  @Test
  @DisplayName("leaves out what is excluded, and brings it back when it is no longer")
  void excludes() throws Exception {
    FileState all = FileState.of(drive);
    FileState some =
        FileState.of(drive, path -> !path.endsWith(".tmp") && !path.startsWith("/office/deep"));
    workplace.backup("onedrive-changes");
    JsonNode less =
        workplace.backup("onedrive-changes", "-exclude", "*.tmp", "-exclude", "/office/deep/");
    assertThat(less.path("files_removed").asInt()).isEqualTo(2);
    workplace.assertBothRestore(some);

    drive.put("/office/deep/unseen.txt", "made while excluded");
    workplace.backup("onedrive-changes", "-exclude", "*.tmp", "-exclude", "/office/deep/");
    workplace.assertBothRestore(some);

    simulator.statistics().reset();
    workplace.backup("onedrive-changes");
    workplace.assertBothRestore(FileState.of(drive));
    assertThat(all.entries()).isNotEqualTo(FileState.of(drive).entries());
    workplace.assertSound();
  }

  @Test
  @DisplayName("brings back what was excluded when the cache is gone as well")
  void excludesWithoutCache() throws Exception {
    workplace.backup("onedrive-changes", "-no-cache", "-exclude", "/home/");
    drive.move(drive.at("/home"), drive.root(), "house");
    workplace.backup("onedrive-changes", "-no-cache", "-exclude", "/home/");
    workplace.assertBothRestore(FileState.of(drive));
    drive.put("/home/again.txt", "again");
    drive.put("/house/more.txt", "more");
    workplace.backup("onedrive-changes", "-no-cache", "-exclude", "/house/");
    workplace.assertBothRestore(FileState.of(drive, path -> !path.startsWith("/house")));
    workplace.backup("onedrive-changes", "-no-cache");
    workplace.assertBothRestore(FileState.of(drive));
  }
}
