package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.DriveModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Looking for files in one snapshot and in all. */
@DisplayName("Looking for a file")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class FindAndHistoryTest {
  private static final Instant WRITTEN = Instant.parse("2025-01-02T23:00:00Z");

  @TempDir Path directory;

  private Workplace workplace;
  private Path data;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
  }

  private void write(String path, String content) throws Exception {
    Path file = data.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-05-06T07:08:09Z")));
  }

  private String backup() {
    return workplace.backup("local:" + data).path("snapshot_id").asText();
  }

  /** Two snapshots. */
  private void twoSnapshots() throws Exception {
    write("foo/a.txt", "a");
    write("foo/sub/b.TXT", "b");
    write("bar/c", "c");
    write("bar/foo.txt/inner", "d");
    backup();
    write("foo/a.txt", "aa");
    write("foo/new.txt", "new");
    Files.createSymbolicLink(data.resolve("bar/link.txt"), Path.of("c"));
    Files.setPosixFilePermissions(
        data.resolve("foo/a.txt"), PosixFilePermissions.fromString("rw-r--r--"));
    Files.setLastModifiedTime(data.resolve("foo/a.txt"), FileTime.from(WRITTEN));
    backup();
  }

  private void assertFindsLikeRestic(List<String> ours, List<String> theirs) throws Exception {
    List<String> command = new ArrayList<>(List.of("find", "-json"));
    command.addAll(ours);
    List<String> other = new ArrayList<>(List.of("find", "--json"));
    other.addAll(theirs);
    JsonNode found = workplace.run(0, command.toArray(String[]::new)).json();
    JsonNode listed = workplace.restic().json(other.toArray(String[]::new));
    // Shown from restic 0.17 on.
    listed.findParents("inode").forEach(node -> ((ObjectNode) node).remove("inode"));
    // restic tells the snapshots in the order in which it happens to load them.
    assertThat(found).as("%s", ours).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  @DisplayName("finds what restic finds, in restic's form")
  void likeRestic() throws Exception {
    twoSnapshots();
    for (List<String> patterns :
        List.of(
            List.of("foo"),
            List.of("*.txt"),
            List.of("foo/*.txt", "c"),
            List.of(data + "/b*"),
            List.of("none"))) {
      assertFindsLikeRestic(patterns, patterns);
    }
    assertFindsLikeRestic(List.of("-ignore-case", "*.txt"), List.of("-i", "*.txt"));
    assertFindsLikeRestic(
        List.of("-oldest", "2025-01-02", "*.txt", "-snapshot", "latest"),
        List.of("-O", "2025-01-02", "*.txt", "-s", "latest"));
    assertFindsLikeRestic(
        List.of("-newest", "2025-01-02T00:00:00Z", "*"), List.of("-N", "2025-01-02", "*"));
    String ours = workplace.run(0, "find", "-long", "a.txt", "-snapshot", "latest").out();
    String theirs =
        new String(
            workplace.restic().succeed("find", "-l", "a.txt", "-s", "latest"),
            StandardCharsets.UTF_8);
    assertThat(ours).isEqualTo(theirs);
    assertThat(workplace.run(0, "find", "-type", "symlink", "*").out())
        .contains("/bar/link.txt\n")
        .doesNotContain("a.txt");
    assertThat(workplace.run(2, "find", "a[").err()).contains("malformed");
    assertThat(workplace.run(2, "find", "-type", "x", "a").err()).contains("file, dir or symlink");
    assertThat(workplace.run(2, "find", "-oldest", "soon", "a").err()).contains("is no time");
  }

  @Test
  @DisplayName("lists what restic lists: everything, a folder's entries, or all below it")
  void ls() throws Exception {
    twoSnapshots();
    for (List<String> more :
        List.of(
            List.<String>of(),
            List.of(data + "/foo"),
            List.of("-recursive", data + "/foo", data + "/bar"),
            List.of(data + "/foo/a.txt"),
            List.of(data + "/bar", data + "/bar/foo.txt"),
            List.of("-recursive", "/"))) {
      List<String> ours = new ArrayList<>(List.of("ls", "latest"));
      ours.addAll(more);
      List<String> theirs = new ArrayList<>(List.of("ls", "latest", "-q"));
      more.forEach(flag -> theirs.add(flag.startsWith("-") ? "-" + flag : flag));
      assertThat(workplace.run(0, ours.toArray(String[]::new)).out())
          .as("%s", more)
          .isEqualTo(
              new String(
                  workplace.restic().succeed(theirs.toArray(String[]::new)),
                  StandardCharsets.UTF_8));
    }
    String written =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")
            .format(WRITTEN.atZone(ZoneId.systemDefault()));
    assertThat(workplace.run(0, "ls", "-long", "latest", data + "/foo/a.txt").out())
        .matches("-rw-r--r-- +\\d+ +\\d+ +2 " + written + " .*/foo/a.txt\n");
    assertThat(workplace.run(1, "ls", "latest", "/none").err()).contains("holds no /none");
  }

  @Test
  @DisplayName("of a drive tells when it came, changed, was renamed, left and came again")
  void history() throws Exception {
    try (Simulator simulator = Simulator.start(SimulatorOptions.lifelike().seed(35))) {
      DriveModel drive = simulator.model();
      drive.put("/other.txt", "other");
      workplace.on(simulator);
      List<String> ids = new ArrayList<>();
      ids.add(driveBackup());
      drive.put("/drafts/draft.txt", "one");
      ids.add(driveBackup());
      drive.put("/drafts/draft.txt", "two, longer");
      ids.add(driveBackup());
      drive.put("/other.txt", "another");
      ids.add(driveBackup());
      drive.rename(drive.at("/drafts/draft.txt"), "final.txt");
      drive.rename(drive.at("/drafts"), "Documents");
      ids.add(driveBackup());
      drive.delete(drive.at("/Documents/final.txt"));
      ids.add(driveBackup());
      drive.put("/Documents/final.txt", "again");
      ids.add(driveBackup());

      JsonNode json = workplace.run(0, "history", "-json", "/Documents/final.txt").json();
      List<String> events = new ArrayList<>();
      for (JsonNode version : json.path("histories").get(0).path("versions")) {
        events.add(
            ids.indexOf(version.path("snapshot").asText())
                + " "
                + version.path("event").asText()
                + " "
                + version.path("path").asText()
                + " "
                + version.path("size").asText("-"));
      }
      assertThat(events)
          .containsExactly(
              "1 added /drafts/draft.txt 3",
              "2 changed /drafts/draft.txt 11",
              "4 renamed /Documents/final.txt 11",
              "5 removed /Documents/final.txt -",
              "6 added /Documents/final.txt 5");
      String text = workplace.run(0, "history", "/Documents/final.txt").out();
      assertThat(text.lines().findFirst().orElse("")).matches("host .*, paths onedrive:/:");
      assertThat(text)
          .contains("renamed  11 B")
          .contains("/drafts/draft.txt -> /Documents/final.txt");
      // Who knows the old name only is told the same, up to where it ended.
      assertThat(workplace.run(0, "history", "/drafts/draft.txt").out())
          .contains("/drafts/draft.txt -> /Documents/final.txt");
    }
    assertThat(workplace.run(1, "history", "/nowhere.txt").err())
        .contains("no snapshot holds /nowhere.txt", "cloudstic find nowhere.txt");
    assertThat(workplace.run(2, "history", "/").err()).contains("not the root");
  }

  private String driveBackup() {
    return workplace.backup("onedrive-changes").path("snapshot_id").asText();
  }

  @Test
  @DisplayName("of a directory follows its path, each source for itself")
  void historyOfPath() throws Exception {
    write("a.txt", "a");
    backup();
    write("a.txt", "aa");
    backup();
    backup();
    Files.delete(data.resolve("a.txt"));
    write("b.txt", "aa");
    backup();
    JsonNode json = workplace.run(0, "history", "-json", data + "/a.txt").json();
    assertThat(json.path("histories")).hasSize(1);
    assertThat(json.findValuesAsText("event")).containsExactly("added", "changed", "removed");
  }
}
