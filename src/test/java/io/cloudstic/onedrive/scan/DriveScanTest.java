package io.cloudstic.onedrive.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.rules.Rules;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A scan")
class DriveScanTest {
  @TempDir Path cache;
  private FakeDrive drive;
  private FakeGraph graph;
  private Backup backup;

  @BeforeEach
  void makeDrive() {
    makeDrive(false);
  }

  private void makeDrive(boolean personal) {
    Random random = new Random(7);
    drive = new FakeDrive(personal, random);
    graph = new FakeGraph(drive, random);
    graph.hostile = false;
    graph.pageSize = 500;
    backup = new Backup(graph, cache, random);
  }

  private void fill(FakeDrive.Item folder, int files) {
    for (int i = 0; i < files; i++) {
      drive.add(folder, "file " + i, ItemKind.FILE);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("spends a call for 500 items, one when nothing changed, and no download on a rename")
  void budget(boolean personal) throws Exception {
    makeDrive(personal);
    FakeDrive.Item folder = drive.add(drive.root, "folder", ItemKind.FOLDER);
    fill(folder, 10_000);
    backup.run();
    assertThat(graph.calls).isLessThanOrEqualTo(10_002 / 200 + 18);
    assertThat(backup.downloads).hasSize(10_000);
    assertThat(backup.statistics.filesNew()).isEqualTo(10_000);

    graph.calls = 0;
    backup.run();
    assertThat(graph.calls).isEqualTo(1);
    assertThat(backup.result.nothingChanged()).isTrue();
    assertThat(backup.statistics.filesUnmodified()).isEqualTo(10_000);

    graph.calls = 0;
    backup.downloads.clear();
    drive.rename(folder, "renamed");
    backup.run();
    assertThat(graph.calls).isEqualTo(1);
    assertThat(backup.downloads).isEmpty();
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.statistics.foldersChanged()).isEqualTo(1);
    assertThat(backup.statistics.filesUnmodified()).isEqualTo(10_000);
    assertThat(backup.statistics.filesRemoved()).isZero();
  }

  @Test
  @DisplayName("hands files out while the feed is still being read")
  void pipelines() throws Exception {
    fill(drive.root, 3000);
    int[] callsAtFirst = {0};
    backup.changeOneIn = 1;
    backup.whileDownloading =
        () -> callsAtFirst[0] = callsAtFirst[0] == 0 ? graph.calls : callsAtFirst[0];
    backup.run();
    assertThat(callsAtFirst[0]).as("the root, and a page").isEqualTo(2);
  }

  @Test
  @DisplayName("continues an interrupted first backup without fetching finished files again")
  void continues() throws Exception {
    fill(drive.root, 100);
    backup.commit = false;
    backup.run();
    assertThat(backup.downloads).hasSize(100);
    backup.commit = true;
    backup.run();
    assertThat(backup.downloads).hasSize(100);
    assertThat(backup.tree).isEqualTo(drive.tree());
  }

  @Test
  @DisplayName("fetches again what the repository has lost")
  void heals() throws Exception {
    fill(drive.root, 5);
    backup.run();
    backup.blobs.remove(backup.blobs.keySet().iterator().next());
    backup.run();
    assertThat(backup.downloads).hasSize(6);
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.result.warnings()).anyMatch(w -> w.contains("fetched again"));
  }

  @Test
  @DisplayName(
      "keeps the previous version of a file that cannot be read, and tries it first next time")
  void keepsStale() throws Exception {
    fill(drive.root, 3);
    backup.run();
    FakeDrive.Item file = drive.child(drive.root, "file 1");
    drive.write(file);
    backup.failOneIn = 1;
    backup.run();
    assertThat(backup.tree).containsEntry("file 1", file.number + ":1");
    assertThat(backup.result.failures()).isEqualTo(1);
    assertThat(backup.result.lineage().ledger()).hasSize(1);
    backup.run();
    assertThat(backup.result.lineage().ledger().get(0).attempts()).isEqualTo(2);

    backup.failOneIn = 0;
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.result.failures()).isZero();
  }

  @Test
  @DisplayName("tells where a file is that failed before its folder was known, or was moved since")
  void placesFailures() throws Exception {
    FakeDrive.Item outer = drive.add(drive.root, "outer", ItemKind.FOLDER);
    fill(drive.add(outer, "inner", ItemKind.FOLDER), 3);
    backup.failOneIn = 1;
    backup.run();
    assertThat(backup.result.lineage().ledger())
        .extracting(entry -> entry.path())
        .containsExactlyInAnyOrder(
            "outer/inner/file 0", "outer/inner/file 1", "outer/inner/file 2");
    drive.rename(outer, "renamed");
    backup.run();
    assertThat(backup.result.lineage().ledger())
        .hasSize(3)
        .allMatch(entry -> entry.path().startsWith("renamed/inner/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {ScanRequest.CHANGES, ScanRequest.WALK})
  @DisplayName("finds the folder to back up by listing where Graph does not find it by path")
  void scopeWithoutPaths(String source) throws Exception {
    FakeDrive.Item outer = drive.add(drive.root, "a+b", ItemKind.FOLDER);
    fill(outer, 3);
    fill(drive.add(outer, "50% #1", ItemKind.FOLDER), 2);
    graph.paths = false;
    backup.source = source;
    backup.rules = Rules.of("/A+b/50% #1", List.of());
    backup.run();
    assertThat(backup.tree).containsOnlyKeys("file 0", "file 1");
    backup.rules = Rules.of("/a+b/missing", List.of());
    assertThatThrownBy(backup::run)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("/a+b/missing");
  }

  @Test
  @DisplayName("enumerates anew when the stored link leads to another host, and fetches nothing")
  void movedGraph() throws Exception {
    fill(drive.root, 20);
    backup.run();
    graph.moved = true;
    backup.downloads.clear();
    backup.run();
    assertThat(backup.result.full()).isTrue();
    assertThat(backup.downloads).isEmpty();
    assertThat(backup.tree).isEqualTo(drive.tree());
    graph.moved = false;
    backup.run();
    assertThat(backup.result.full()).isFalse();
  }

  @Test
  @DisplayName("leaves infected files, packages and shortcuts out by name, without asking for them")
  void leavesOut() throws Exception {
    drive.add(drive.root, "bad.exe", ItemKind.FILE).malware = true;
    drive.add(drive.root, "Notebook", ItemKind.PACKAGE);
    drive.add(drive.root, "Theirs", ItemKind.REMOTE);
    drive.add(drive.root, "what", ItemKind.UNKNOWN);
    backup.run();
    assertThat(backup.downloads).isEmpty();
    assertThat(backup.result.leftOut())
        .extracting(LeftOut::path, LeftOut::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("Notebook", LeftOut.Reason.PACKAGE),
            org.assertj.core.groups.Tuple.tuple("Theirs", LeftOut.Reason.SHORTCUT),
            org.assertj.core.groups.Tuple.tuple("what", LeftOut.Reason.UNKNOWN));
    assertThat(backup.result.lineage().ledger())
        .singleElement()
        .satisfies(entry -> assertThat(entry.permanent()).isTrue());
  }

  @Test
  @DisplayName("notices changed patterns and fetches only what they newly include")
  void changedPatterns() throws Exception {
    FakeDrive.Item secret = drive.add(drive.root, "secret", ItemKind.FOLDER);
    FakeDrive.Item open = drive.add(drive.root, "open", ItemKind.FOLDER);
    fill(secret, 5);
    fill(open, 5);
    for (String source : List.of(ScanRequest.WALK, ScanRequest.CHANGES)) {
      backup.source = source;
      backup.rules = Rules.of("", List.of("secret/"));
      backup.run();
      assertThat(backup.tree).isEqualTo(backup.expected());
      backup.downloads.clear();
      backup.source = ScanRequest.CHANGES;
      backup.rules = Rules.everything();
      backup.run();
      assertThat(backup.tree).isEqualTo(drive.tree());
      assertThat(backup.downloads).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  @DisplayName("warns when nearly everything is gone")
  void warnsOfMassDeletion() throws Exception {
    FakeDrive.Item folder = drive.add(drive.root, "folder", ItemKind.FOLDER);
    fill(folder, 50);
    backup.run();
    drive.delete(folder, false);
    backup.run();
    assertThat(backup.tree).isEmpty();
    assertThat(backup.result.alarm()).contains("50 are gone");
  }

  @Test
  @DisplayName("warns when nearly every file has other content, however many folders there are")
  void warnsOfMassChange() throws Exception {
    for (int i = 0; i < 12; i++) {
      FakeDrive.Item outer = drive.add(drive.root, "folder " + i, ItemKind.FOLDER);
      drive.add(drive.add(outer, "inner", ItemKind.FOLDER), "file", ItemKind.FILE);
    }
    backup.run();
    assertThat(backup.result.alarm()).isNull();
    drive.of(ItemKind.FILE).forEach(drive::write);
    backup.run();
    assertThat(backup.result.alarm()).contains("12 have other content");
    drive.of(ItemKind.FILE).stream().limit(10).forEach(drive::write);
    backup.run();
    assertThat(backup.result.alarm()).isNull();
  }

  @Test
  @DisplayName("says nothing when a handful of files is gone")
  void handful() throws Exception {
    fill(drive.root, 9);
    backup.run();
    drive.of(ItemKind.FILE).forEach(file -> drive.delete(file, false));
    backup.run();
    assertThat(backup.result.alarm()).isNull();
  }

  @Test
  @DisplayName("walks all folders where there is no change feed")
  void withoutDelta() throws Exception {
    graph.delta = false;
    FakeDrive.Item folder = drive.add(drive.root, "folder", ItemKind.FOLDER);
    fill(folder, 5);
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.result.lineage().deltaLink()).isNull();
    drive.delete(drive.child(folder, "file 2"), false);
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.downloads).hasSize(5);
  }

  @Test
  @DisplayName(
      "walks several folders at a time, and leaves a link that the change feed goes on from")
  void walksInParallel() throws Exception {
    for (int i = 0; i < 40; i++) {
      FakeDrive.Item folder = drive.add(drive.root, "folder " + i, ItemKind.FOLDER);
      fill(drive.add(folder, "deeper", ItemKind.FOLDER), 12);
    }
    graph.pageSize = 5;
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      backup.executor = threads;
      backup.source = ScanRequest.WALK;
      backup.run();
    } finally {
      threads.shutdownNow();
    }
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(backup.downloads).hasSize(480).doesNotHaveDuplicates();

    graph.calls = 0;
    backup.source = ScanRequest.CHANGES;
    backup.run();
    assertThat(graph.calls).isEqualTo(1);
    assertThat(backup.result.nothingChanged()).isTrue();
  }

  @Test
  @DisplayName("finds lost tombstones by a full enumeration when one is due")
  void reconciles() throws Exception {
    fill(drive.root, 5);
    backup.run();
    drive.delete(drive.child(drive.root, "file 3"), true);
    backup.run();
    assertThat(backup.tree).hasSize(5);
    backup.clock = java.time.Clock.offset(backup.clock, java.time.Duration.ofDays(31));
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree()).hasSize(4);
    assertThat(backup.downloads).hasSize(5);
  }

  @Test
  @DisplayName("asks which of two namesakes is dead when a tombstone was lost")
  void namesakes() throws Exception {
    fill(drive.root, 3);
    backup.run();
    drive.delete(drive.child(drive.root, "file 1"), true);
    drive.add(drive.root, "file 1", ItemKind.FILE);
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree());
    assertThat(graph.itemCalls).isEqualTo(1);
  }

  @Test
  @DisplayName("shows two living namesakes under two names")
  void livingNamesakes() throws Exception {
    drive.add(drive.root, "same", ItemKind.FILE);
    drive.add(drive.root, "same", ItemKind.FILE);
    drive.add(drive.root, "same again", ItemKind.FILE);
    backup.run();
    assertThat(backup.tree).hasSize(3).containsKey("same").containsKey("same again");
    assertThat(backup.result.warnings()).anyMatch(w -> w.contains("same name"));
  }

  @Test
  @DisplayName("reports circles of parents and items without a place, and hangs on neither")
  void circles() throws Exception {
    FakeDrive.Item a = drive.add(drive.root, "a", ItemKind.FOLDER);
    FakeDrive.Item b = drive.add(a, "b", ItemKind.FOLDER);
    fill(b, 2);
    backup.run();
    drive.move(a, b);
    backup.run();
    assertThat(backup.tree).isEmpty();
    assertThat(backup.result.leftOut())
        .extracting(LeftOut::reason)
        .contains(LeftOut.Reason.UNPLACED);
    drive.move(a, drive.root);
    backup.downloads.clear();
    backup.run();
    assertThat(backup.tree).isEqualTo(drive.tree()).hasSize(4);
    assertThat(backup.downloads).isEmpty();
  }
}
