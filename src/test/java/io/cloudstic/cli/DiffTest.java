package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of two snapshots, beside those that restic makes. */
@DisplayName("A comparison")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class DiffTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private Workplace workplace;
  private Path data;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
  }

  private void write(String path, String content) throws Exception {
    int slash = path.lastIndexOf('/');
    Path folder = Files.createDirectories(data.resolve(path.substring(0, Math.max(slash, 0))));
    // In any locale, though Java makes paths by it.
    Files.writeString(NativeNames.resolve(folder, NodeName.of(path.substring(slash + 1))), content);
  }

  private String backup() {
    return workplace.backup("local:" + data).path("snapshot_id").asText();
  }

  private List<ObjectNode> lines(byte[] out) throws Exception {
    List<ObjectNode> lines = new ArrayList<>();
    for (String line : new String(out, StandardCharsets.UTF_8).lines().toList()) {
      lines.add((ObjectNode) JSON.readTree(line));
    }
    return lines;
  }

  /** Our one document: the lines of restic as elements, less what is only ours. */
  private List<ObjectNode> elements(byte[] out) throws Exception {
    List<ObjectNode> elements = new ArrayList<>();
    for (JsonNode element : JSON.readTree(out)) {
      elements.add(((ObjectNode) element).remove(List.of("renamed", "source_id", "target_id")));
    }
    return elements;
  }

  private void assertLikeRestic(String before, String after, String... flags) throws Exception {
    List<String> ours = new ArrayList<>(List.of("diff", "-json", before, after));
    List<String> theirs = new ArrayList<>(List.of("diff", "--json", before, after));
    for (String flag : flags) {
      ours.add(flag);
      theirs.add("-" + flag);
    }
    byte[] out =
        workplace.run(0, ours.toArray(String[]::new)).out().getBytes(StandardCharsets.UTF_8);
    assertThat(elements(out))
        .isEqualTo(lines(workplace.restic().succeed(theirs.toArray(String[]::new))));
  }

  @Test
  @DisplayName("tells the same lines and counts as restic, whatever came, left or changed")
  void likeRestic() throws Exception {
    write("stays/a.txt", "a");
    write("stays/twin.txt", "shared content");
    write("changes/b.txt", "b");
    write("changes/gone/deep/c.txt", "c");
    write("changes/type", "file");
    write("touched.txt", "touched");
    String first = backup();
    write("changes/b.txt", "bb");
    write("changes/new/ü \u202e.txt", "new");
    write("changes/new/copy-of-twin.txt", "shared content");
    Files.delete(data.resolve("changes/type"));
    Files.createDirectory(data.resolve("changes/type"));
    Files.createSymbolicLink(data.resolve("changes/link"), Path.of("b.txt"));
    Files.delete(data.resolve("changes/gone/deep/c.txt"));
    Files.delete(data.resolve("changes/gone/deep"));
    Files.delete(data.resolve("changes/gone"));
    Files.setLastModifiedTime(
        data.resolve("touched.txt"), FileTime.from(Instant.parse("2020-01-02T03:04:05Z")));
    String second = backup();

    assertLikeRestic(first, second);
    assertLikeRestic(first, second, "-metadata");
    assertLikeRestic(second, first);
    assertLikeRestic(first, first);
    String below = ":" + data + "/changes";
    assertThat(workplace.run(0, "diff", first + below, second + below).out())
        .isEqualTo(
            """
            comparing snapshot %s to %s:

            M    /b.txt
            -    /gone/
            -    /gone/deep/
            -    /gone/deep/c.txt
            +    /link
            +    /new/
            +    /new/copy-of-twin.txt
            +    /new/ü \\u202e.txt
            T    /type/

            Files:           2 new,     1 removed,     1 changed
            Dirs:            1 new,     2 removed
            Others:          1 new,     0 removed
            Data Blobs:      3 new,     3 removed
            Tree Blobs:      3 new,     3 removed
              Added:   %s
              Removed: %s
            """
                .formatted(
                    first.substring(0, 8),
                    second.substring(0, 8),
                    tail(first + below, second + below, "Added"),
                    tail(first + below, second + below, "Removed")));
  }

  /** A size in the output, which depends on the length of names in this run. */
  private String tail(String before, String after, String word) {
    return workplace
        .run(0, "diff", before, after)
        .out()
        .replaceAll("(?s).*" + word + ": +([^\n]*)\n.*", "$1");
  }

  @Test
  @DisplayName("tells the same as restic of random changes")
  void random() throws Exception {
    long seed = 20260;
    Random random = new Random(seed);
    String previous = null;
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 12; i++) {
        Path file = data.resolve("d" + random.nextInt(3) + "/e" + random.nextInt(3) + "/f" + i);
        if (random.nextInt(3) == 0) {
          Files.deleteIfExists(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.writeString(file, "content " + random.nextInt(6));
        }
      }
      String next = backup();
      if (previous != null) {
        assertLikeRestic(previous, next);
      }
      previous = next;
    }
  }

  @Test
  @DisplayName("shows an item of a drive that moved as one line, with what changed below it")
  void moves() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().seed(33))) {
      DriveModel drive = simulator.model();
      drive.put("/office/plan.txt", "plan");
      drive.put("/office/old/deep/a.txt", "a");
      drive.put("/office/old/deep/b.txt", "b");
      drive.put("/office/old/c.txt", "c");
      drive.put("/home/letter.txt", "letter");
      workplace.on(simulator);
      String first = workplace.backup("onedrive-changes").path("snapshot_id").asText();
      drive.move(drive.at("/office/old"), drive.at("/home"));
      drive.rename(drive.at("/home/old"), "archive");
      drive.put("/home/archive/deep/b.txt", "b, changed");
      drive.delete(drive.at("/home/archive/c.txt"));
      drive.rename(drive.at("/office/plan.txt"), "Plan A.txt");
      drive.put("/home/letter.txt", "a longer letter");
      String second = workplace.backup("onedrive-changes").path("snapshot_id").asText();

      String out = workplace.run(0, "diff", first, second).out();
      assertThat(out.lines().skip(2).takeWhile(line -> !line.isEmpty()))
          .containsExactly(
              "R    /office/old/ -> /home/archive/",
              "-    /office/old/c.txt",
              "M    /home/archive/deep/b.txt",
              "M    /home/letter.txt",
              "R    /office/plan.txt -> /office/Plan A.txt");
      assertThat(out).endsWith("Renamed or moved: 2, counted above as removed and new\n");
      String json = workplace.run(0, "diff", "-json", first, second).out();
      assertThat(json)
          .contains(
              "\"path\":\"/office/plan.txt\",\"modifier\":\"-\",\"renamed_to\":\"/office/Plan A.txt\"",
              "\"path\":\"/office/Plan A.txt\",\"modifier\":\"+\","
                  + "\"renamed_from\":\"/office/plan.txt\"",
              "\"renamed\":2");
    }
  }

  @Test
  @DisplayName("says which snapshot or path it cannot compare")
  void mistakes() throws Exception {
    write("a.txt", "a");
    String id = backup();
    assertThat(workplace.run(2, "diff", id).err()).contains("missing: SNAPSHOT");
    assertThat(workplace.run(1, "diff", id, "none").err()).contains("there is no snapshot 'none'");
    assertThat(workplace.run(1, "diff", id, id + ":/none").err()).contains("holds no /none");
    assertThat(workplace.run(1, "diff", id, id + ":" + data + "/a.txt").err())
        .contains("is not a directory");
  }
}
