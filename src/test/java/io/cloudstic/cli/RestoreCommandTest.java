package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The commands restore and dump")
@Timeout(120)
@EnabledOnOs({OS.LINUX, OS.MAC})
class RestoreCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Workplace workplace;
  private Path source;
  private Path target;

  @BeforeEach
  void begin() throws Exception {
    workplace = Workplace.in(directory);
    source = Files.createDirectories(directory.resolve("source"));
    target = directory.resolve("target");
    Files.createDirectories(source.resolve("a/b"));
    Files.writeString(source.resolve("a/one.txt"), "one");
    Files.writeString(source.resolve("a/b/two.txt"), "two");
    Files.writeString(source.resolve("three.log"), "three");
  }

  private String backup() {
    return workplace.backup("local:" + source).path("snapshot_id").asText();
  }

  /** What is below a directory, by relative paths; links are not followed. */
  private static List<String> paths(Path root) throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  @DisplayName("take the newest snapshot of a time, and list what there is when there is none")
  void asOf() throws Exception {
    String first = backup();
    String time = workplace.run(0, "list", "-json").json().path(0).path("time").asText();
    Files.writeString(source.resolve("a/one.txt"), "changed");
    backup();

    workplace.run(
        0, "restore", "-as-of", time, "-output", target.toString(), "-path", source.toString());
    assertThat(target.resolve(source.toString().substring(1)).resolve("a/one.txt"))
        .hasContent("one");
    Workplace.Run byName = workplace.run(0, "dump", time.substring(0, 10), source + "/a/one.txt");
    assertThat(byName.out()).isEqualTo("changed");
    Workplace.Run none = workplace.run(1, "restore", "-as-of", "2001-01-01", "-output", "x");
    assertThat(none.err())
        .contains(
            "no snapshot of 2001-01-01 23:59:59 or before", first.substring(0, 8), "name one");
    assertThat(
            workplace.run(1, "restore", "-as-of", "now", "-host", "nobody", "-output", "x").err())
        .contains("no snapshot of");
    assertThat(workplace.run(2, "restore", first, "-as-of", "now", "-output", "x").err())
        .contains("-as-of does not go with the name of a snapshot");
    assertThat(workplace.run(2, "restore", "-as-of", "soon", "-output", "x").err())
        .contains("'soon' is no time", "2026-11-22");
  }

  @Test
  @DisplayName(
      "delete what is not in the snapshot, only below what is restored, never behind links")
  void delete() throws Exception {
    backup();
    Path outside = Files.createDirectories(directory.resolve("outside"));
    Files.writeString(outside.resolve("keep"), "keep");
    Files.createDirectories(target.resolve("extra/deep"));
    Files.writeString(target.resolve("extra/deep/file"), "x");
    Files.createSymbolicLink(target.resolve("link"), outside);
    Files.createDirectories(target.resolve("a"));
    Files.createSymbolicLink(target.resolve("a/b"), outside);
    Files.writeString(target.resolve("a/old"), "x");
    Files.createDirectories(target.resolve("three.log/was a directory"));
    String from = "latest:" + source;
    List<String> before = paths(target);

    Workplace.Run dry =
        workplace.run(0, "restore", from, "-output", target.toString(), "-delete", "-dry-run");
    assertThat(dry.out())
        .contains(
            "would delete /extra/deep/file\n", "would delete /link\n", "would delete /a/old\n")
        .contains("to delete")
        .doesNotContain("keep");
    assertThat(paths(target)).isEqualTo(before);

    Workplace.Run narrow =
        workplace.run(
            0, "restore", from, "-output", target.toString(), "-delete", "-json", "-path", "/a");
    assertThat(narrow.json().path("files_deleted").asInt()).isEqualTo(1);
    assertThat(paths(target)).contains("extra/deep/file", "a/b/two.txt").doesNotContain("a/old");

    workplace.run(0, "restore", from, "-output", target.toString(), "-delete");
    assertThat(paths(target)).isEqualTo(paths(source));
    assertThat(target.resolve("three.log")).hasContent("three");
    assertThat(paths(outside)).containsExactly("keep");
  }

  @Test
  @DisplayName("refuse to delete where nobody means it")
  void dangerousTargets() throws Exception {
    backup();
    for (Path dangerous :
        List.of(
            Path.of("/"),
            directory,
            directory.getParent(),
            workplace.repository(),
            workplace.repository().resolve("data"),
            workplace.config())) {
      Workplace.Run run =
          workplace.run(2, "restore", "-delete", "-dry-run", "-output", dangerous.toString());
      assertThat(run.err()).contains("-delete is refused");
    }
    Path link = Files.createSymbolicLink(directory.resolve("to root"), Path.of("/"));
    workplace.run(2, "restore", "-delete", "-output", link.toString());
    workplace.run(2, "restore", "-delete", "-output", "x.zip");
  }

  @Test
  @DisplayName("refuse a path that is not there, and an output without a name")
  void misspelt() throws Exception {
    backup();
    String out = directory.resolve("nothing").toString();

    assertThat(workplace.run(1, "restore", "-path", "/nowhere", "-output", out).err())
        .contains("the snapshot holds no /nowhere");
    assertThat(workplace.run(2, "restore", "-output", "").err()).contains("restore where to?");
    workplace.run(0, "restore", "-path", source + "/./a/", "-output", out);
  }

  @Test
  @DisplayName("say what a ZIP file cannot hold, and give folders as archives")
  void archives() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    backup();
    Path zip = directory.resolve("x.zip");
    Workplace.Run run = workplace.run(0, "restore", "-output", zip.toString(), "-json");
    assertThat(run.json().path("files_left_out").asInt()).isEqualTo(1);
    assertThat(run.err()).contains("left out").contains("fifo " + source + "/pipe");
    assertThat(workplace.run(0, "restore", "-output", zip.toString()).out()).contains("1 left out");

    Path file = directory.resolve("dumped.zip");
    workplace.run(
        0, "dump", "latest:" + source, "/a", "-archive", "zip", "-target", file.toString());
    try (java.util.zip.ZipFile dumped = new java.util.zip.ZipFile(file.toFile())) {
      assertThat(dumped.stream().map(Object::toString))
          .containsExactly("a/", "a/b/", "a/b/two.txt", "a/one.txt");
    }
    Path nowhere = directory.resolve("nowhere/dumped.tar");
    assertThat(workplace.run(1, "dump", "latest", "/", "-target", nowhere.toString()).err())
        .contains("cannot write " + nowhere + ": no such file or directory");
    workplace.run(2, "dump", "latest", "/", "-target", directory.toString());
    assertThat(workplace.run(2, "dump", "latest", "/", "-archive", "rar").err())
        .contains("one of: tar, zip");
  }

  @Test
  @DisplayName("include and exclude as restic does")
  void patterns() throws Exception {
    backup();
    String from = "latest:" + source;
    workplace.run(
        0, "restore", from, "-output", target.toString(), "-include", "/a", "-exclude", "*.log");
    assertThat(paths(target)).containsExactly("a", "a/b", "a/b/two.txt", "a/one.txt");
    Path byRestic = directory.resolve("by-restic");
    workplace
        .restic()
        .succeed("restore", "latest", "--target", byRestic.toString(), "--include", source + "/a");
    assertThat(paths(byRestic.resolve(source.toString().substring(1)))).isEqualTo(paths(target));
    workplace.run(2, "restore", from, "-output", target.toString(), "-include", "[");
  }

  @Test
  @DisplayName("tell each action as restic does in JSON")
  void jsonActions() throws Exception {
    backup();
    Files.createDirectories(target);
    Files.writeString(target.resolve("extra"), "12345");
    Workplace.Run run =
        workplace.run(
            0,
            "restore",
            "latest:" + source,
            "-output",
            target.toString(),
            "-delete",
            "-json",
            "-verbose");
    JsonNode deleted = null;
    for (String line : run.out().lines().toList()) {
      JsonNode json = JSON.readTree(line);
      if (json.path("action").asText().equals("deleted")) {
        deleted = json;
      }
    }
    assertThat(deleted).isNotNull();
    assertThat(deleted.path("message_type").asText()).isEqualTo("verbose_status");
    assertThat(deleted.path("item").asText()).isEqualTo("/extra");
    assertThat(deleted.path("size").asInt()).isEqualTo(5);
  }
}
