package io.cloudstic.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A local source")
class LocalSourceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temp;
  private String repository;
  private Path root;

  @BeforeEach
  void makeTree() throws Exception {
    root = Files.createDirectory(temp.toRealPath().resolve("root"));
  }

  @Test
  @DisplayName("records what restic records of files, links, pipes, attributes and odd names")
  void asRestic() throws Exception {
    Files.writeString(root.resolve("file.txt"), "hello");
    Files.setLastModifiedTime(
        root.resolve("file.txt"), FileTime.from(Instant.parse("2019-05-06T07:08:09.123456789Z")));
    Files.setPosixFilePermissions(
        root.resolve("file.txt"), PosixFilePermissions.fromString("rw-r-----"));
    Files.createLink(root.resolve("hard"), root.resolve("file.txt"));
    Files.createSymbolicLink(root.resolve("soft"), Path.of("../no/where//x"));
    Files.createDirectories(root.resolve("sub/empty"));
    Files.writeString(
        NativeNames.resolve(root.resolve("sub"), NodeName.of("ünï ☃\ud83d\ude00")), "x");
    Files.writeString(root.resolve("sub/Z"), "");
    run("mkfifo", root.resolve("pipe").toString());
    run("sh", "-c", "cd '" + root + "' && : > \"$(printf 'bad\\377name')\"");
    run("sh", "-c", "mknod '" + root + "/null' c 1 3 || true; chmod 1777 '" + root + "/sub'");
    setXattr(root.resolve("file.txt"), "note", "value\0bytes");
    setXattr(root.resolve("sub"), "on.dir", "");

    Trees trees = new Trees(ZoneId.of("Asia/Kolkata"));
    new LocalSource(root).walk(trees);

    assertThat(trees.problems).isEmpty();
    compare(root, resticTree(root), trees);
    assertThat(trees.byDirectory).hasSizeGreaterThan(3);
  }

  @Test
  @DisplayName("keeps the bytes of names and targets that are not UTF-8")
  void rawBytes() throws Exception {
    run("sh", "-c", "cd '" + root + "' && ln -s \"$(printf 'a//to\\376')\" \"$(printf 'n\\377')\"");
    Map<String, LocalItem> seen = new TreeMap<>();
    walk(root, seen);
    LocalItem link =
        seen.values().stream().filter(i -> i.type() == NodeType.SYMLINK).findAny().get();
    assertThat(link.name()).containsExactly('n', 0xff);
    assertThat(link.linkTarget()).containsExactly('a', '/', '/', 't', 'o', 0xfe);
  }

  @Test
  @DisplayName("walks depth first in byte order and brackets directories")
  void order() throws Exception {
    for (String name : List.of("b", "a", "a.b", "B", "\uffee", "\ud83d\ude00")) {
      Files.createDirectory(NativeNames.resolve(root, NodeName.of(name)));
    }
    Files.createDirectory(root.resolve("a/z"));
    Files.writeString(root.resolve("a/y"), "");
    List<String> events = new ArrayList<>();
    new LocalSource(root).walk(new Recorder(root, events));
    assertThat(events.subList(0, 2)).noneMatch(event -> event.contains("root"));
    List<String> inside = events.stream().filter(e -> e.charAt(1) == '.').toList();
    assertThat(inside)
        .containsExactly(
            "+.",
            "+./B",
            "-./B",
            "+./a",
            "f./a/y",
            "+./a/z",
            "-./a/z",
            "-./a",
            "+./a.b",
            "-./a.b",
            "+./b",
            "-./b",
            "+./\uffee",
            "-./\uffee",
            "+./\ud83d\ude00",
            "-./\ud83d\ude00",
            "-.");
  }

  @Test
  @DisplayName("visits a single file below the directories above it")
  void singleFile() throws Exception {
    Files.writeString(root.resolve("only"), "x");
    Files.writeString(root.resolve("not this"), "x");
    List<String> events = new ArrayList<>();
    new LocalSource(root.resolve("only")).walk(new Recorder(root, events));
    assertThat(events.stream().filter(e -> e.charAt(1) == '.'))
        .containsExactly("+.", "f./only", "-.");
    assertThat(events).hasSize(2 * root.getNameCount() + 1);
  }

  @Test
  @DisplayName("knows an unchanged file by size, modification, change time and inode")
  void unchanged() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "one");
    LocalItem before = only(file);
    assertThat(
            only(file)
                .sameContentAs(before.modified(), before.changed(), before.size(), before.inode()))
        .isTrue();
    assertThat(before.sameContentAs(before.modified(), before.changed(), 4, before.inode()))
        .isFalse();
    assertThat(before.sameContentAs(before.modified(), before.changed(), before.size(), 1))
        .isFalse();
    LocalItem after;
    do {
      // The clock of a file system may tick every few milliseconds only.
      Files.writeString(file, "two");
      Files.setLastModifiedTime(file, FileTime.from(before.modified()));
      after = only(file);
    } while (after.changed().equals(before.changed()));
    assertThat(after.modified()).isEqualTo(before.modified());
    assertThat(
            after.sameContentAs(before.modified(), before.changed(), before.size(), before.inode()))
        .isFalse();
  }

  @Test
  @DisplayName("refuses a path that does not exist with a message, not a trace")
  void missing() {
    assertThatThrownBy(() -> only(root.resolve("none")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none");
  }

  @Test
  @DisplayName("opens content, but not through a link that took a file's place")
  void open() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "content");
    LocalItem item = only(file);
    try (var in = item.open()) {
      assertThat(in.readAllBytes()).asString().isEqualTo("content");
    }
    Files.move(file, root.resolve("elsewhere"));
    Files.createSymbolicLink(file, Path.of("elsewhere"));
    assertThatThrownBy(item::open).isInstanceOf(IOException.class);
  }

  private static LocalItem only(Path file) throws IOException {
    Map<String, LocalItem> seen = new TreeMap<>();
    walk(file, seen);
    return seen.get(file.toString());
  }

  private static List<Path> walk(Path start, Map<String, LocalItem> seen) throws IOException {
    List<Path> problems = new ArrayList<>();
    new LocalSource(start)
        .walk(
            new LocalVisitor() {
              @Override
              public boolean enterDirectory(LocalItem directory) {
                seen.put(key(directory), directory);
                return true;
              }

              @Override
              public void file(LocalItem file) {
                seen.put(key(file), file);
              }

              @Override
              public void other(LocalItem item) {
                seen.put(key(item), item);
              }

              @Override
              public void leaveDirectory(LocalItem directory) {}

              @Override
              public void problem(Path path, IOException reason) {
                problems.add(path);
              }

              private String key(LocalItem item) {
                return item.path().toString();
              }
            });
    return problems;
  }

  /** The id of the tree that restic made of this directory. */
  private Id resticTree(Path path) throws Exception {
    repository = temp.resolve("repository").toString();
    EmptyRepository.make(Path.of(repository), "secret", 2);
    run("restic", "-q", "-r", repository, "backup", path.toString());
    JsonNode snapshot =
        JSON.readTree(run("restic", "-r", repository, "snapshots", "--json")).get(0);
    String tree = snapshot.get("tree").asText();
    for (Path name : path) {
      tree = subtrees(tree).get(name.toString());
    }
    return Id.parse(tree);
  }

  private void compare(Path directory, Id id, Trees ours) throws Exception {
    String theirs = run("restic", "-r", repository, "--no-lock", "cat", "blob", id.hex());
    assertThat(new String(ours.byDirectory.get(directory), StandardCharsets.UTF_8))
        .as(directory.toString())
        .isEqualTo(theirs);
    for (Map.Entry<String, String> subtree : subtrees(id.hex()).entrySet()) {
      compare(directory.resolve(subtree.getKey()), Id.parse(subtree.getValue()), ours);
    }
  }

  private Map<String, String> subtrees(String tree) throws Exception {
    Map<String, String> subtrees = new TreeMap<>();
    JSON.readTree(run("restic", "-r", repository, "--no-lock", "cat", "blob", tree))
        .get("nodes")
        .forEach(
            node -> {
              if (node.hasNonNull("subtree")) {
                subtrees.put(node.get("name").asText(), node.get("subtree").asText());
              }
            });
    return subtrees;
  }

  /** The trees that a backup of small files would write. */
  private static final class Trees implements LocalVisitor {
    final Map<Path, byte[]> byDirectory = new HashMap<>();
    final List<Path> problems = new ArrayList<>();
    private final Deque<TreeEncoder> open = new ArrayDeque<>(List.of(new TreeEncoder()));
    private final LocalNode nodes;

    Trees(ZoneId zone) {
      nodes = new LocalNode(zone);
    }

    @Override
    public boolean enterDirectory(LocalItem directory) {
      open.push(new TreeEncoder());
      return true;
    }

    @Override
    public void file(LocalItem file) {
      try (InputStream in = file.open()) {
        byte[] content = in.readAllBytes();
        open.element()
            .add(
                nodes
                    .of(file)
                    .content(content.length == 0 ? List.of() : List.of(Id.hash(content)))
                    .build());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void other(LocalItem item) {
      open.element().add(nodes.of(item).build());
    }

    @Override
    public void leaveDirectory(LocalItem directory) {
      byte[] tree = open.pop().encode();
      byDirectory.put(directory.path(), tree);
      open.element().add(nodes.of(directory).subtree(Id.hash(tree)).build());
    }

    @Override
    public void problem(Path path, IOException reason) {
      problems.add(path);
    }
  }

  private static void setXattr(Path path, String name, String value) throws IOException {
    var view =
        Files.getFileAttributeView(
            path, java.nio.file.attribute.UserDefinedFileAttributeView.class);
    assumeTrue(view != null, "the file system has extended attributes");
    view.write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command);
    ResticProgram.ignoreUser(builder.environment());
    builder.environment().put("RESTIC_PASSWORD", "secret");
    builder.environment().put("TZ", "Asia/Kolkata");
    Process process =
        builder.redirectErrorStream(false).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    return out;
  }

  /** Events as a letter and the path relative to the root, or the absolute path above it. */
  private record Recorder(Path root, List<String> events) implements LocalVisitor {
    private void add(char what, LocalItem item) {
      events.add(
          what
              + (item.path().startsWith(root)
                  ? ("./" + text(root.relativize(item.path()))).replaceAll("/$", "")
                  : item.path().toString()));
    }

    /** Whatever the locale takes the bytes for. */
    private static String text(Path path) {
      return new String(NativeNames.bytesOf(path), StandardCharsets.UTF_8);
    }

    @Override
    public boolean enterDirectory(LocalItem directory) {
      add('+', directory);
      return true;
    }

    @Override
    public void file(LocalItem file) {
      add('f', file);
    }

    @Override
    public void other(LocalItem item) {
      add('o', item);
    }

    @Override
    public void leaveDirectory(LocalItem directory) {
      add('-', directory);
    }

    @Override
    public void problem(Path path, IOException reason) {
      events.add("!" + path);
    }
  }
}
