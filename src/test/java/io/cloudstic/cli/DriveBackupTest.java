package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Tombstones;
import io.cloudstic.simulator.graph.FeedShape;
import io.cloudstic.simulator.graph.Limits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole commands against a simulated drive that somebody works in. */
@DisplayName("A OneDrive")
@Timeout(300)
class DriveBackupTest {
  private static final int FILES = 80;

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}, {1}, source {2}, seed {3}")
  @CsvSource({
    "BUSINESS, LIFELIKE, onedrive-changes, 1",
    "PERSONAL, LIFELIKE, onedrive, 2",
    "BUSINESS, HOSTILE, onedrive, 3",
    "PERSONAL, HOSTILE, onedrive-changes, 4",
  })
  @DisplayName("comes back byte for byte, name for name and time for time after edits of each kind")
  void comesBack(AccountType type, String shape, String source, long seed) throws Exception {
    SimulatorOptions options =
        SimulatorOptions.lifelike()
            .accountType(type)
            .migrated(seed == 4)
            .shape(shape.equals("HOSTILE") ? FeedShape.HOSTILE : FeedShape.LIFELIKE)
            .limits(Limits.NONE)
            .seed(seed)
            .files(FILES);
    try (Simulator simulator = Simulator.start(options)) {
      Workplace workplace = Workplace.in(directory).on(simulator);
      DriveModel drive = simulator.model();
      prepare(drive);

      JsonNode first = workplace.backup(source);
      assertThat(first.path("scan").asText()).isEqualTo("full");
      assertThat(first.path("files_new").asInt()).isEqualTo(files(FileState.of(drive)));
      workplace.assertBothRestore(FileState.of(drive));

      List<Runnable> rounds =
          List.of(() -> editPlainly(drive), () -> editTrickily(drive), () -> comeBack(drive));
      for (Runnable round : rounds) {
        round.run();
        JsonNode next = workplace.backup(source);
        assertThat(next.path("scan").asText())
            .isEqualTo(source.equals("onedrive") ? "full" : "delta");
        assertThat(next.path("files_failed").asInt()).isZero();
        workplace.assertBothRestore(FileState.of(drive));
      }

      workplace.assertSound();
      assertNodesKnowTheirItems(workplace, drive);
      workplace.run(0, "check", "-read-data");
      workplace.assertNoSecretOnDisk();
      assertThat(workplace.locks()).isEmpty();
      assertThat(simulator.statistics().tokensAtStorage()).isZero();
      assertThat(simulator.statistics().wrongHosts()).isZero();
    }
  }

  private static void prepare(DriveModel drive) {
    drive.put("/edited.txt", "before");
    drive.put("/plans/2026/one.txt", "one");
    drive.put("/plans/2026/deep/two.txt", "two");
    drive.put("/plans/budget.txt", "budget");
    drive.put("/gone/all/told.txt", "told");
    drive.put("/quiet/below/untold.txt", "untold");
    drive.put("/partly/a/1.txt", "1");
    drive.put("/partly/b/2.txt", "2");
    drive.put("/leaving/stays.txt", "saved from the bin");
    drive.put("/leaving/folder/inside.txt", "saved as well");
    drive.put("/left.txt", "left");
    drive.put("/right.txt", "right");
    drive.put("/original/page.txt", "page");
    drive.put("/empty.txt", new BytesContent(new byte[0]));
    drive.put("/large.bin", new GeneratedContent(7, 3_500_000, false));
    drive.folder("/nothing in it");
    drive.createNotebook(drive.root(), "Notebook");
  }

  private static void editPlainly(DriveModel drive) {
    drive.put("/new/letter.txt", "Dear reader");
    drive.edit(drive.at("/edited.txt"), BytesContent.of("after"));
    drive.edit(drive.at("/large.bin"), new GeneratedContent(8, 3_600_000, true));
    drive.rename(drive.at("/plans"), "Pläne");
    drive.move(drive.at("/Pläne/2026"), drive.folder("/archive/years"));
    drive.delete(drive.at("/gone"));
    drive.touch(drive.at("/original/page.txt"));
  }

  private static void editTrickily(DriveModel drive) {
    drive.delete(drive.at("/quiet"), Tombstones.TOP_ONLY);
    drive.delete(drive.at("/partly"), Tombstones.SOME);
    drive.move(drive.at("/leaving/stays.txt"), drive.root());
    drive.move(drive.at("/leaving/folder"), drive.at("/archive"));
    drive.delete(drive.at("/leaving"));
    drive.swapNames(drive.at("/left.txt"), drive.at("/right.txt"));
    drive.copy(drive.at("/original"), drive.root(), "copy", false);
    drive.rename(drive.at("/archive/years"), "jahre");
    drive.put("/gone", "a file where a folder was");
    drive.delete(drive.at("/empty.txt"));
    drive.folder("/empty.txt");
  }

  private static void comeBack(DriveModel drive) {
    Item binned = deleted(drive, "quiet");
    drive.restore(binned, false);
    drive.delete(drive.at("/copy"));
    drive.move(drive.at("/archive/jahre/2026/deep"), drive.root());
    drive.rename(drive.at("/archive"), "archive 2");
    drive.put("/archive/other.txt", "under the old name");
  }

  private static Item deleted(DriveModel drive, String name) {
    return drive.changedSince(0).stream()
        .filter(item -> item.isDeleted() && item.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static long files(FileState state) {
    return state.entries().values().stream().filter(e -> !e.content().equals("folder")).count();
  }

  /** restic shows the extended attribute of each node, and its id is the item's. */
  private static void assertNodesKnowTheirItems(Workplace workplace, DriveModel drive)
      throws Exception {
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    JsonNode newest = snapshots.get(snapshots.size() - 1);
    assertThat(newest.path("paths").path(0).asText()).isEqualTo("onedrive:/");
    assertThat(newest.path("hostname").asText()).isEqualTo("megan.bowen@contoso.example");
    JsonNode tree = workplace.restic().json("cat", "blob", newest.path("tree").asText(), "--quiet");
    List<String> wrong = new ArrayList<>();
    for (JsonNode node : tree.path("nodes")) {
      JsonNode attribute = node.path("extended_attributes").path(0);
      JsonNode facts = new ObjectMapper().readTree(attribute.path("value").binaryValue());
      String name = node.path("name").asText();
      Item item = drive.byId(facts.path("id").asText()).orElse(null);
      if (!attribute.path("name").asText().equals("user.cloudstic")
          || item == null
          || item != drive.at("/" + name)) {
        wrong.add(name + " " + facts);
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(tree.path("nodes")).isNotEmpty();
  }
}
