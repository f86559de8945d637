package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.Location;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What backups cost at Microsoft: every test finds, and leaves, a drive that is backed up. */
@DisplayName("A backup of thousands of files")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(300)
class BackupBudgetTest {
  private static final int FILES = 1_200;
  private static final int IN_ONE_FOLDER = 2_000;

  @TempDir static Path directory;

  private Simulator simulator;
  private DriveModel drive;
  private Workplace workplace;
  private int edits;
  private long others;
  private long callsOfFirst;
  private long downloadsOfFirst;

  @BeforeAll
  void backUpOnce() throws Exception {
    simulator =
        Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(11).files(FILES));
    drive = simulator.model();
    drive.changing(
        () -> {
          for (int i = 0; i < IN_ONE_FOLDER; i++) {
            drive.put("/many/" + i % 10 + "/" + i + ".txt", "the file " + i);
          }
          return null;
        });
    workplace = Workplace.in(directory).on(simulator);
    workplace.backup("onedrive-changes");
    callsOfFirst = simulator.statistics().calls();
    downloadsOfFirst = simulator.statistics().downloads();
  }

  @BeforeEach
  void countFromZero() {
    simulator.faults().clear();
    simulator.statistics().reset();
    others = downloadsOfOthers();
  }

  @AfterAll
  void everythingIsThere() throws Exception {
    try {
      workplace.backup("onedrive-changes");
      workplace.assertBothRestore(FileState.of(drive));
      workplace.assertSound();
      assertThat(simulator.statistics().tokensAtStorage()).isZero();
    } finally {
      simulator.close();
    }
  }

  @Test
  @DisplayName("takes a Graph call for 200 items and twenty more at first, and one download a file")
  void first() {
    assertThat(callsOfFirst).isLessThanOrEqualTo(drive.liveItems() / 200 + 20);
    assertThat(downloadsOfFirst).isLessThanOrEqualTo(FILES + IN_ONE_FOLDER);
  }

  @Test
  @DisplayName("takes at most three calls when nothing has changed")
  void unchanged() {
    JsonNode summary = backup();
    assertCost(3, 0);
    assertThat(summary.path("tree_blobs").asInt()).isZero();
    assertThat(summary.path("graph_requests").asLong()).isEqualTo(simulator.statistics().calls());
  }

  @Test
  @DisplayName("downloads nothing when a folder of thousands was renamed")
  void renamed() throws Exception {
    drive.rename(drive.children(drive.root()).stream().filter(this::isMany).findAny().get(), "m2");
    JsonNode summary = backup();
    assertCost(5, 0);
    assertThat(summary.path("scan").asText()).isEqualTo("delta");
    String listing = new String(workplace.restic().succeed("ls", "latest", "/m2/3", "--json"));
    assertThat(listing.lines().filter(line -> line.contains("\"type\":\"file\"")))
        .hasSize(IN_ONE_FOLDER / 10);
    drive.rename(drive.at("/m2"), "many");
  }

  private boolean isMany(Item item) {
    return item.name().equals("many");
  }

  @ParameterizedTest(name = "{0}, Location: {1}")
  @CsvSource({
    "resyncChangesApplyDifferences, NONE",
    "resyncChangesApplyDifferences, FRESH",
    "resyncApplyDifferences, BROKEN",
    "resyncRequired, FOREIGN",
  })
  @DisplayName("downloads what has changed and no more when the delta link is gone")
  void gone(String code, Location location) {
    editOne();
    simulator.faults().on("graph GET .*delta").once().then(new Effect.Gone(code, location));
    JsonNode summary = backup();
    assertThat(simulator.faults().unreached()).isEmpty();
    assertThat(summary.path("scan").asText()).isEqualTo("full");
    assertOnlyEditsDownloaded();
    assertThat(summary.path("files_changed").asInt() + summary.path("files_new").asInt()).isOne();
  }

  @Test
  @DisplayName("downloads what has changed and no more when all links have expired")
  void expired() {
    editOne();
    simulator.expireDeltaTokens();
    assertThat(backup().path("scan").asText()).isEqualTo("full");
    assertOnlyEditsDownloaded();
  }

  @Test
  @DisplayName("downloads what has changed and no more when the cache was deleted")
  void withoutCache() throws Exception {
    delete(workplace.cache());
    editOne();
    assertThat(backup().path("scan").asText()).isEqualTo("delta");
    assertCost(6, 1);
  }

  @Test
  @DisplayName("downloads what has changed and no more when no cache is wanted")
  void noCache() {
    editOne();
    assertThat(backup("-no-cache").path("scan").asText()).isEqualTo("delta");
    assertCost(6, 1);
  }

  @Test
  @DisplayName("downloads what has changed and no more when restic tag dropped the record")
  void tagged() throws Exception {
    workplace.restic().succeed("tag", "--add", "seen", "latest");
    editOne();
    JsonNode summary = backup("-no-cache");
    assertThat(summary.path("scan").asText()).as("without the cache").isEqualTo("full");
    assertOnlyEditsDownloaded();
    assertThat(summary.path("files_unmodified").asInt()).isGreaterThan(IN_ONE_FOLDER);
  }

  @Test
  @DisplayName("downloads what has changed and no more after restic's forget and prune")
  void pruned() throws Exception {
    workplace.restic().succeed("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
    editOne();
    assertThat(backup().path("scan").asText()).isEqualTo("delta");
    assertCost(6, 1);
  }

  @Test
  @DisplayName("downloads what has changed and no more when every folder is listed between")
  void bothSources() {
    editOne();
    assertThat(workplace.backup("onedrive").path("scan").asText()).isEqualTo("full");
    assertOnlyEditsDownloaded();
    editOne();
    simulator.statistics().reset();
    assertThat(backup().path("scan").asText()).isEqualTo("delta");
    assertCost(6, 1);
  }

  @Test
  @DisplayName("downloads what has changed and no more with -full")
  void full() {
    editOne();
    assertThat(backup("-full").path("scan").asText()).isEqualTo("full");
    assertOnlyEditsDownloaded();
  }

  @Test
  @DisplayName("makes no snapshot with -ignore-empty-snapshot when nothing has changed")
  void nothingNew() {
    backup();
    assertThat(backup("-ignore-empty-snapshot").has("snapshot_id")).isFalse();
  }

  @Test
  @DisplayName("reads and writes nothing in a dry run, and says what it would do")
  void dryRun() throws Exception {
    backup();
    editOne();
    var before = workplace.repositoryListing();
    simulator.statistics().reset();
    JsonNode dry = backup("-dry-run");
    assertThat(dry.path("files_new").asInt()).isOne();
    assertThat(simulator.statistics().downloads()).isZero();
    assertThat(workplace.repositoryListing()).isEqualTo(before);
    assertThat(backup().path("scan").asText()).isEqualTo("delta");
    assertThat(simulator.statistics().downloads()).isOne();
  }

  private JsonNode backup(String... more) {
    return workplace.backup("onedrive-changes", more);
  }

  private void editOne() {
    edits++;
    drive.put("/edits/" + edits + ".txt", BytesContent.of("edit " + edits));
  }

  private void assertCost(long calls, long downloads) {
    assertThat(simulator.statistics().calls())
        .as("Graph calls: %s", simulator.statistics().endpoints())
        .isLessThanOrEqualTo(calls);
    assertThat(simulator.statistics().downloads() > 0).as("downloads").isEqualTo(downloads > 0);
    assertOnlyEditsDownloaded();
  }

  /** The feed may show an older state of the edited file first, which costs a second request. */
  private void assertOnlyEditsDownloaded() {
    assertThat(downloadsOfOthers()).as("unchanged files that were downloaded").isEqualTo(others);
  }

  private long downloadsOfOthers() {
    return drive.live().stream()
        .filter(item -> item.parent() != null && !item.parent().name().equals("edits"))
        .mapToLong(Item::downloads)
        .sum();
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException problem)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
