package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a plain directory beside those that restic makes of it. */
@DisplayName("A directory")
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class LocalBackupTest {
  @TempDir Path directory;

  private Workplace workplace;
  private Path data;
  private String source;

  @BeforeEach
  void start() throws Exception {
    workplace = Workplace.in(directory.resolve("work"));
    data = Files.createDirectories(directory.resolve("data"));
    source = "local:" + data;
    write("plain.txt", "plain");
    write("folder/inner/deep.txt", "deep");
    write("folder/other.tmp", "temporary");
    write("empty", "");
    byte[] large = new byte[3_000_000];
    new Random(61).nextBytes(large);
    Files.write(data.resolve("large.bin"), large);
    Files.createSymbolicLink(data.resolve("link"), Path.of("folder/inner"));
    Files.createLink(data.resolve("hard"), data.resolve("plain.txt"));
    Files.setPosixFilePermissions(
        data.resolve("plain.txt"), PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(
        data.resolve("large.bin"), FileTime.from(Instant.parse("2019-05-06T07:08:09.123456789Z")));
    Files.createDirectory(data.resolve("hollow"));
  }

  @Test
  @DisplayName("gives the same entries as restic gives")
  void likeRestic() throws Exception {
    JsonNode ours = workplace.backup(source);
    byte[] told = workplace.restic().succeed("backup", "--force", "--json", data.toString());
    JsonNode summary = last(told);
    for (String number : List.of("total_files_processed", "total_bytes_processed")) {
      assertThat(ours.path(number)).as(number).isEqualTo(summary.path(number));
    }
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    assertThat(snapshots).hasSize(2);
    assertThat(entries(snapshots.get(0))).isEqualTo(entries(snapshots.get(1)));
    assertThat(snapshots.get(0).path("hostname")).isEqualTo(snapshots.get(1).path("hostname"));
    assertThat(snapshots.get(0).path("paths")).isEqualTo(snapshots.get(1).path("paths"));
    workplace.assertSound();
  }

  @Test
  @DisplayName(
      "is continued by us on restic's snapshot and by restic on ours, through forget and prune")
  void inTurns() throws Exception {
    workplace.restic().succeed("backup", data.toString());
    JsonNode ours = workplace.backup(source);
    assertThat(ours.path("files_unmodified").asInt()).isPositive();
    assertThat(ours.path("files_new").asInt() + ours.path("files_changed").asInt()).isZero();
    assertThat(ours.path("data_blobs").asInt()).isZero();

    write("plain.txt", "changed by now");
    write("new.txt", "new");
    Files.delete(data.resolve("folder/other.tmp"));
    String told = new String(workplace.restic().succeed("backup", data.toString()));
    assertThat(told).contains("using parent snapshot");
    workplace.restic().succeed("forget", "--keep-last", "1", "--prune", "--max-unused", "0");
    write("plain.txt", "changed again, after the prune");
    JsonNode after = workplace.backup(source);
    // Two names of one file.
    assertThat(after.path("files_changed").asInt()).isEqualTo(2);
    assertThat(after.path("files_new").asInt()).isZero();
    workplace.assertSound();
    workplace.run(0, "check", "-read-data");
    FileState expected = FileState.of(data);
    for (Path restored :
        new Path[] {workplace.restore("latest"), workplace.resticRestore("latest")}) {
      Path there = restored.resolve(data.toString().substring(1));
      assertThat(expected.differences(FileState.of(there))).isEmpty();
    }
  }

  @Test
  @DisplayName("is backed up without what is excluded, as restic does it")
  void excluded() throws Exception {
    workplace.backup(source, "-exclude", "*.tmp", "-exclude", "inner");
    workplace
        .restic()
        .succeed("backup", data.toString(), "--exclude", "*.tmp", "--exclude", "inner");
    JsonNode snapshots = workplace.restic().json("snapshots", "--json");
    assertThat(entries(snapshots.get(0))).isEqualTo(entries(snapshots.get(1)));
  }

  @Test
  @DisplayName("is counted by a dry run as by the backup itself, and nothing is written")
  void dryRun() throws Exception {
    write("folder/one", "one");
    write("two", "two");
    workplace.backup(source);
    write("two", "changed");
    write("three", "three");

    JsonNode dry = workplace.backup(source, "-dry-run");
    JsonNode real = workplace.backup(source);

    for (String field :
        List.of(
            "files_new",
            "files_changed",
            "files_unmodified",
            "dirs_new",
            "dirs_changed",
            "dirs_unmodified",
            "files_skipped",
            "total_files_processed",
            "total_bytes_processed")) {
      assertThat(dry.get(field)).as(field).isEqualTo(real.get(field));
    }
    assertThat(workplace.run(0, "list", "-json").json()).hasSize(2);
  }

  @Test
  @DisplayName("with a file that cannot be read is backed up without it, with exit code 3")
  void unreadable() throws Exception {
    Path secret = data.resolve("folder/secret");
    write("folder/secret", "not for you");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(secret), "root reads everything");
    JsonNode summary = workplace.backup(3, source);
    assertThat(summary.path("failures")).hasSize(1);
    assertThat(summary.path("failures").path(0).path("path").asText()).endsWith("folder/secret");
    assertThat(summary.path("failures").path(0).path("reason").asText())
        .isEqualTo("permission denied");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    workplace.backup(source);
    workplace.assertSound();
  }

  @Test
  @DisplayName("that is not there is no source: exit code 1 or 2, no snapshot, no lock")
  void missing() throws Exception {
    Workplace.Run run = workplace.run("backup", "-source", "local:" + data + "/nowhere");
    assertThat(run.exit()).as(run.err()).isIn(1, 2);
    assertThat(run.err()).contains("nowhere").doesNotContain("Exception", "\tat ");
    assertThat(workplace.locks()).isEmpty();
    assertThat(workplace.restic().json("snapshots", "--json")).isEmpty();
  }

  private void write(String path, String text) throws IOException {
    Path file = data.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static JsonNode last(byte[] lines) throws IOException {
    String text = new String(lines, StandardCharsets.UTF_8);
    return new ObjectMapper().readTree(text.lines().reduce((first, last) -> last).orElseThrow());
  }

  /**
   * What restic lists of the directory; times of access change by being looked at, and what is
   * above the directory is not the test's.
   */
  private Map<String, JsonNode> entries(JsonNode snapshot) throws Exception {
    Map<String, JsonNode> entries = new TreeMap<>();
    byte[] listing = workplace.restic().succeed("ls", "--json", snapshot.path("id").asText());
    ObjectMapper json = new ObjectMapper();
    for (String line : new String(listing, StandardCharsets.UTF_8).split("\n")) {
      JsonNode node = json.readTree(line);
      if (node.path("path").asText().startsWith(data.toString())) {
        ((ObjectNode) node).remove("atime");
        entries.put(node.path("path").asText(), node);
      }
    }
    assertThat(entries).isNotEmpty();
    return entries;
  }
}
