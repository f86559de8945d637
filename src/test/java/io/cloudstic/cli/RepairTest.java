package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeWalk;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damage, repair and the backup after it, with restic as the judge. */
@DisplayName("A damaged repository of a OneDrive")
@Timeout(300)
class RepairTest {
  private static final int FILES = 25;

  @TempDir static Path shared;
  private static Simulator simulator;
  private static Workplace whole;

  @TempDir Path directory;
  private Workplace workplace;

  @BeforeAll
  static void backUpTwice() throws Exception {
    simulator =
        Simulator.start(SimulatorOptions.lifelike().limits(Limits.NONE).seed(11).files(FILES));
    whole = Workplace.in(shared).on(simulator);
    simulator.model().put("/large.bin", new GeneratedContent(7, 3_500_000, false));
    whole.backup("onedrive-changes");
    for (int i = 0; i < 6; i++) {
      simulator.model().put("/later/file" + i, new GeneratedContent(20 + i, 30_000, false));
    }
    whole.backup("onedrive-changes");
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private void copy() throws Exception {
    workplace = Workplace.empty(directory).on(simulator);
    copy(whole.repository(), workplace.repository());
    copy(whole.cache(), workplace.cache());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private Repository open() {
    return Repository.open(
        new LocalStore(workplace.repository()),
        Workplace.PASSWORD.toCharArray(),
        TestEnvironment.create());
  }

  @ParameterizedTest(name = "{0} {1}, snapshots repaired: {2}, cache: {3}")
  @CsvSource({
    "DATA, gone, false, true",
    "DATA, flipped, true, false",
    "DATA, cut, true, true",
    "TREE, gone, false, true",
    "TREE, flipped, true, true",
  })
  @DisplayName("is mended, and the next backup fetches what was lost and nothing else")
  void heals(BlobType type, String how, boolean snapshots, boolean cache) throws Exception {
    copy();
    long lost = damage(type, how);
    assertThat(lost).as("some file suffers, others do not").isLessThan(FILES);

    JsonNode found = workplace.run(14, "check", "-read-data", "-json").json();
    assertThat(found.path("damaged_snapshots").asInt()).isPositive();
    repair("index");
    List<String> packs = new ArrayList<>(List.of("packs"));
    found.path("broken_packs").forEach(pack -> packs.add(pack.asText()));
    if (!how.equals("gone")) {
      repair(packs.toArray(String[]::new));
    }
    if (snapshots) {
      repair("snapshots", "-forget");
      workplace.assertSound();
    }

    simulator.statistics().reset();
    JsonNode summary =
        cache
            ? workplace.backup("onedrive-changes")
            : workplace.backup("onedrive-changes", "-no-cache");
    if (type == BlobType.DATA || cache) {
      assertThat(simulator.statistics().downloads()).isEqualTo(lost);
    }
    assertThat(summary.path("files_failed").asInt()).isZero();
    workplace.assertBothRestore(FileState.of(simulator.model()));
    if (type == BlobType.TREE) {
      // What directories were like before is in no drive.
      repair("snapshots", "-forget");
    }
    workplace.run(0, "check", "-read-data");
    workplace.assertSound();
  }

  /** Runs a repair dry, which changes nothing, and then for good. */
  private void repair(String... what) throws Exception {
    Map<String, String> before = workplace.repositoryListing();
    List<String> command = new ArrayList<>(List.of("repair", "-json"));
    command.addAll(List.of(what));
    JsonNode dry = workplace.run(0, command.toArray(String[]::new)).json();
    assertThat(workplace.repositoryListing()).isEqualTo(before);
    command.add("-apply");
    JsonNode done = workplace.run(0, command.toArray(String[]::new)).json();
    assertThat(done.path("steps")).isEqualTo(dry.path("steps"));
    assertThat(done.path("applied").asBoolean()).isTrue();
    if (!what[0].equals("packs")) {
      command.remove("-apply");
      assertThat(workplace.run(0, command.toArray(String[]::new)).json().path("changes").asInt())
          .as("nothing is left for a second repair")
          .isZero();
    }
  }

  /** Damages the pack that serves most directories, or a file of the latest backup's own. */
  private long damage(BlobType type, String how) throws Exception {
    IndexedPack pack;
    Set<Id> lost = new HashSet<>();
    try (Repository repository = open()) {
      List<IndexedPack> packs = new ArrayList<>();
      repository.index().forEachPack(packs::add);
      pack =
          packs.stream()
              .filter(p -> p.blobs().get(0).type() == type)
              .max((a, b) -> Integer.compare(a.blobs().size(), b.blobs().size()))
              .orElseThrow();
    }
    Path file = workplace.repository().resolve(FileKind.PACK.key(pack.id()));
    file.toFile().setWritable(true);
    byte[] bytes = Files.readAllBytes(file);
    PackedBlob middle = pack.blobs().get(pack.blobs().size() / 2);
    switch (how) {
      case "gone" -> {
        Files.delete(file);
        pack.blobs().forEach(blob -> lost.add(blob.id()));
      }
      case "flipped" -> {
        bytes[(int) middle.offset() + 20] ^= 1;
        Files.write(file, bytes);
        lost.add(middle.id());
      }
      default -> {
        int end = (int) middle.offset() + 20;
        Files.write(file, Arrays.copyOf(bytes, end));
        pack.blobs().stream()
            .filter(blob -> blob.offset() + blob.length() > end)
            .forEach(blob -> lost.add(blob.id()));
      }
    }
    return type == BlobType.DATA ? filesWith(lost) : 0;
  }

  private long filesWith(Set<Id> blobs) throws IOException {
    long[] files = {0};
    try (Repository repository = open()) {
      TreeWalk.walk(
          tree -> repository.loadBlob(BlobType.TREE, tree),
          repository.snapshots().find("latest", SnapshotFilter.ALL).tree(),
          new TreeWalk.Visitor() {
            @Override
            public void visit(NodePath path, Node node) {
              if (node.type() == NodeType.FILE
                  && node.content().stream().anyMatch(blobs::contains)) {
                files[0]++;
              }
            }
          });
    }
    return files[0];
  }

  @ParameterizedTest
  @CsvSource({"gone", "flipped"})
  @DisplayName("gets its index back from the packs")
  void index(String how) throws Exception {
    copy();
    try (Stream<Path> files = Files.list(workplace.repository().resolve("index"))) {
      for (Path file : files.toList()) {
        file.toFile().setWritable(true);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        if (how.equals("gone")) {
          Files.delete(file);
        } else {
          Files.write(file, bytes);
        }
      }
    }
    workplace.run(14, "check");
    repair("index");
    workplace.run(0, "check");
    workplace.assertSound();
    simulator.statistics().reset();
    workplace.backup("onedrive-changes");
    assertThat(simulator.statistics().downloads()).isZero();
  }

  @Test
  @DisplayName("keeps what can be read of a pack of which something is lost, and the pack itself")
  void keepsAside() throws Exception {
    copy();
    damage(BlobType.DATA, "flipped");
    String pack =
        workplace
            .run(14, "check", "-read-data", "-json")
            .json()
            .path("broken_packs")
            .get(0)
            .asText();
    byte[] bytes =
        Files.readAllBytes(workplace.repository().resolve(FileKind.PACK.key(Id.parse(pack))));
    String said = workplace.run(0, "repair", "packs", pack.substring(0, 12), "-apply").out();
    assertThat(said).contains("salvage pack " + pack).contains("lost blob").contains("Done: 2");
    assertThat(workplace.repository().resolve("damaged/" + pack)).hasBinaryContent(bytes);
    String snapshots = workplace.run(0, "repair", "snapshots").out();
    assertThat(snapshots).contains("lost file /").contains("repeat the command with -apply");
  }

  @Test
  @DisplayName("repaired by restic, which shortens files in silence, is healed as well")
  void repairedByRestic() throws Exception {
    copy();
    long lost = damage(BlobType.DATA, "gone");
    repair("index");
    repair("snapshots", "-forget");
    dropRecords();
    simulator.statistics().reset();
    JsonNode summary = workplace.backup("onedrive-changes", "-no-cache");
    assertThat(summary.path("scan").asText()).isEqualTo("full");
    assertThat(simulator.statistics().downloads()).isEqualTo(lost);
    workplace.assertBothRestore(FileState.of(simulator.model()));
  }

  /** What restic repair snapshots leaves: the tag, but not our record. */
  private void dropRecords() throws Exception {
    workplace.restic().succeed("tag", "--add", "by-restic");
  }

  @ParameterizedTest
  @CsvSource({
    "repair, 2",
    "repair everything, 2",
    "repair packs, 2",
    "repair packs ffffffff, 2",
    "repair index abc, 2",
    "repair index -forget, 2",
    "repair index -apply -dry-run, 2",
    "repair packs -read-all-packs aa, 2",
  })
  @DisplayName("is not touched by a command that cannot be meant")
  void usage(String command, int exit) throws Exception {
    copy();
    Map<String, String> before = workplace.repositoryListing();
    workplace.run(exit, command.split(" "));
    assertThat(workplace.repositoryListing()).isEqualTo(before);
  }
}
