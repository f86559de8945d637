package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.EmptyRepository;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.repository.Config;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import io.cloudstic.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A restore, beside restic's own of the same snapshot,")
@Timeout(180)
@EnabledOnOs(OS.LINUX)
class RestoreAgainstResticTest {
  private static final String PASSWORD = "restore";

  @TempDir static Path shared;

  private static Path source;
  private static Path repository;
  private static ResticProgram restic;

  @TempDir Path dir;

  @BeforeAll
  static void backup() throws Exception {
    source = shared.resolve("source");
    makeSource();
    Path scratch = Files.createDirectory(shared.resolve("scratch"));
    repository = shared.resolve("repository");
    restic = new ResticProgram(repository, PASSWORD, scratch);
    EmptyRepository.make(repository, PASSWORD, Config.CURRENT_VERSION);
    restic.succeed("backup", "--with-atime", source.toString());
  }

  private static void makeSource() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the source: " + seed);
    Random random = new Random(seed);
    Path sub = Files.createDirectories(source.resolve("sub/deep/er"));
    byte[] big = new byte[11 << 20];
    random.nextBytes(big);
    write(sub.resolve("big"), big);
    write(source.resolve("zeros"), new byte[9 << 20]);
    write(source.resolve("empty"), new byte[0]);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      write(sub.resolve("small" + i), bytes);
    }
    for (String hex : List.of("ff", "c3bc", "61fe62", "0a", "5c22", "f09f9880", "e2808b")) {
      write(NativeNames.resolve(source, NodeName.of(HexFormat.of().parseHex(hex))), new byte[] {7});
    }
    Files.createSymbolicLink(source.resolve("link"), Path.of("sub/deep"));
    Files.createSymbolicLink(
        source.resolve("dangling"),
        NativeNames.target("/nowhere/ü".getBytes(StandardCharsets.UTF_8)));
    Path one = write(source.resolve("one"), new byte[100]);
    Files.createLink(sub.resolve("two"), one);
    Files.createLink(source.resolve("zwei"), one);
    Files.setAttribute(write(source.resolve("setuid"), new byte[1]), "unix:mode", 04755);
    Path none = write(source.resolve("none"), new byte[1]);
    Files.setAttribute(none, "unix:mode", 0);
    if (!Files.isReadable(none)) {
      // Nobody but root can back it up.
      Files.setAttribute(none, "unix:mode", 0400);
    }
    Path attributed = write(source.resolve("attributed"), new byte[1]);
    Files.getFileAttributeView(attributed, UserDefinedFileAttributeView.class)
        .write("comment", ByteBuffer.wrap("ü".getBytes(StandardCharsets.UTF_8)));
    Process mkfifo = new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start();
    assertThat(mkfifo.waitFor()).isZero();
    Files.setLastModifiedTime(attributed, FileTime.from(Instant.parse("1999-12-31T23:59:59.5Z")));
    Files.setAttribute(Files.createDirectory(source.resolve("sticky")), "unix:mode", 01777);
    Files.setAttribute(sub, "unix:mode", 0500);
    for (Path path : List.of(sub, source.resolve("sub"), source.resolve("sticky"), source)) {
      Files.setLastModifiedTime(
          path, FileTime.from(Instant.ofEpochSecond(random.nextInt(1 << 30), 123_456_789)));
    }
  }

  private static Path write(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Files.setLastModifiedTime(
        file, FileTime.from(Instant.ofEpochSecond(content.length * 7919L, 987_654_321)));
    return file;
  }

  private Repository open() {
    return Repository.open(
        new LocalStore(repository), PASSWORD.toCharArray(), TestEnvironment.create());
  }

  private RestoreSummary restore(RestoreRequest request, Map<String, Action> actions) {
    try (Repository repository = open()) {
      RestoreListener listener =
          new RestoreListener() {
            @Override
            public void done(NodePath path, Node node, Action action) {
              actions.put(path.display(), action);
            }

            @Override
            public void problem(RestoreProblem problem) {
              throw new AssertionError(problem.toString());
            }
          };
      return new Restore(repository, request, listener, new Stop()).run();
    }
  }

  private Id tree() {
    try (Repository repository = open()) {
      return repository.snapshots().find("latest", SnapshotFilter.ALL).tree();
    }
  }

  /** All that a restore can get right or wrong, by path. */
  private static Map<String, String> look(Path root) throws IOException {
    Map<String, String> seen = new TreeMap<>();
    Map<Object, String> firstNames = new HashMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return add(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            return add(path, attributes);
          }

          private FileVisitResult add(Path path, BasicFileAttributes attributes)
              throws IOException {
            String name =
                path.equals(root)
                    ? "/"
                    : HexFormat.of().formatHex(NativeNames.bytesOf(root.relativize(path)));
            Map<String, Object> unix =
                Files.readAttributes(path, "unix:mode,uid,gid,nlink", LinkOption.NOFOLLOW_LINKS);
            String content = "";
            if (attributes.isRegularFile()) {
              content =
                  Id.hash(Files.readAllBytes(path)).brief()
                      + " "
                      + firstNames.computeIfAbsent(attributes.fileKey(), k -> name)
                      + " "
                      + unix.get("nlink")
                      + " "
                      + Files.getFileAttributeView(path, UserDefinedFileAttributeView.class).list();
            } else if (attributes.isSymbolicLink()) {
              content = Arrays.toString(NativeNames.bytesOf(Files.readSymbolicLink(path)));
            }
            String time =
                attributes.isSymbolicLink() || path.equals(root)
                    ? ""
                    : attributes.lastModifiedTime().toInstant().toString();
            seen.put(
                name,
                "%o %s %s %s %s"
                    .formatted(unix.get("mode"), unix.get("uid"), unix.get("gid"), time, content));
            return FileVisitResult.CONTINUE;
          }
        });
    return seen;
  }

  @Test
  @DisplayName(
      "gives the same files, modes, times, links and attributes; again, it changes nothing")
  void wholeSnapshot() throws Exception {
    Path theirs = dir.resolve("theirs");
    restic.succeed("restore", "latest", "--target", theirs.toString());
    Path ours = dir.resolve("ours");
    Map<String, Action> actions = new TreeMap<>();
    RestoreSummary first = restore(RestoreRequest.of(tree(), ours).verified(true), actions);
    assertThat(first.errors()).isZero();
    assertThat(first.filesRestored()).isEqualTo(first.totalFiles());
    assertThat(actions.values()).containsOnly(Action.RESTORED);
    Map<String, String> expected = look(theirs);
    expected.remove("/");
    Map<String, String> seen = look(ours);
    seen.remove("/");
    assertThat(seen).isEqualTo(expected);

    actions.clear();
    RestoreSummary second = restore(RestoreRequest.of(tree(), ours), actions);
    assertThat(second.filesRestored()).isZero();
    assertThat(actions.values()).containsOnly(Action.UNCHANGED);
    seen = look(ours);
    seen.remove("/");
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  @DisplayName("of a part takes the same entries, and a dry run writes none of them")
  void part() throws Exception {
    Path theirs = dir.resolve("theirs");
    restic.succeed(
        "restore",
        "latest",
        "--target",
        theirs.toString(),
        "--include",
        "small1*",
        "--include",
        "link");
    Path ours = dir.resolve("ours");
    RestoreRequest request =
        RestoreRequest.of(tree(), ours)
            .only(Selection.of(List.of(), List.of("small1*", "link"), List.of()));
    Map<String, Action> planned = new TreeMap<>();
    RestoreSummary dry = restore(request.asDryRun(true), planned);
    assertThat(ours).doesNotExist();
    Map<String, Action> actions = new TreeMap<>();
    assertThat(restore(request, actions)).isEqualTo(dry);
    assertThat(actions).isEqualTo(planned).hasSize(12);
    assertThat(look(ours).keySet()).isEqualTo(look(theirs).keySet());

    NodePath path = NodePath.parse(source.toString()).child(NodeName.of("sub"));
    Path sub = dir.resolve("sub");
    restore(RestoreRequest.of(tree(), sub).from(path), actions);
    assertThat(sub.resolve("deep/er/small3")).exists();
    Path single = dir.resolve("single");
    restore(
        RestoreRequest.of(tree(), single)
            .from(
                path.child(NodeName.of("deep"))
                    .child(NodeName.of("er"))
                    .child(NodeName.of("small3"))),
        actions);
    assertThat(single.resolve("small3")).hasSameBinaryContentAs(sub.resolve("deep/er/small3"));
  }

  @Test
  @DisplayName("into a ZIP file gives what unzip turns into the same files and links")
  void zip() throws Exception {
    Path zip = dir.resolve("out.zip");
    RestoreRequest request =
        RestoreRequest.of(tree(), zip)
            .from(NodePath.parse(source.toString()))
            .only(
                Selection.of(
                    List.of("sub", "link", "zeros", "one", "setuid"), List.of(), List.of()))
            .verified(true);
    RestoreSummary summary = restore(request, new TreeMap<>());
    assertThat(summary.errors()).isZero();
    assertThat(summary.filesVerified()).isEqualTo(45);
    Path unpacked = Files.createDirectory(dir.resolve("unpacked"));
    Process unzip =
        new ProcessBuilder("unzip", "-q", zip.toString())
            .directory(unpacked.toFile())
            .inheritIO()
            .start();
    assertThat(unzip.waitFor()).isZero();
    assertThat(unpacked.resolve("sub/deep/er/big"))
        .hasSameBinaryContentAs(source.resolve("sub/deep/er/big"));
    assertThat(unpacked.resolve("zeros")).hasSameBinaryContentAs(source.resolve("zeros"));
    assertThat(Files.readSymbolicLink(unpacked.resolve("link"))).isEqualTo(Path.of("sub/deep"));
    assertThat(Files.getAttribute(unpacked.resolve("sub/deep/er"), "unix:mode")).isEqualTo(040500);
    assertThat(Files.getLastModifiedTime(unpacked.resolve("one")).toInstant())
        .isEqualTo(Instant.ofEpochSecond(100 * 7919L));
    Files.setAttribute(unpacked.resolve("sub/deep/er"), "unix:mode", 0700);
    byte[] once = Files.readAllBytes(zip);
    restore(request, new TreeMap<>());
    assertThat(Files.readAllBytes(zip)).as("the same every time").isEqualTo(once);
  }

  @Test
  @DisplayName("of one file into a stream gives the same bytes")
  void dump() throws Exception {
    String file = source.resolve("sub/deep/er/big").toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Repository repository = open()) {
      new Dump(repository, RestoreListener.NONE, new Stop())
          .write(tree(), NodePath.parse(file), Dump.Form.TAR, out);
    }
    assertThat(out.toByteArray()).isEqualTo(restic.succeed("dump", "latest", file));
  }

  @Test
  @DisplayName("of a directory as a tar file gives the same files to whoever unpacks it")
  void dumpDirectory() throws Exception {
    Path tar = dir.resolve("all.tar");
    try (Repository repository = open();
        OutputStream out = Files.newOutputStream(tar)) {
      new Dump(repository, RestoreListener.NONE, new Stop())
          .write(tree(), NodePath.parse(source.toString()), Dump.Form.TAR, out);
    }
    Path unpacked = Files.createDirectory(dir.resolve("unpacked"));
    Process process =
        new ProcessBuilder(
                "tar",
                "-xp",
                "--warning=no-timestamp",
                "--xattrs",
                "-C",
                unpacked.toString(),
                "-f",
                tar.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
    Path there = unpacked.resolve(source.toString().substring(1));
    assertThat(withoutLinks(look(there))).isEqualTo(withoutLinks(look(source)));
  }

  /** An archive holds every name of a file as a file of its own. */
  private static Map<String, String> withoutLinks(Map<String, String> seen) {
    Map<String, String> without = new TreeMap<>(seen);
    for (String name : List.of("one", "sub/deep/er/two", "zwei")) {
      without.remove(HexFormat.of().formatHex(name.getBytes()));
    }
    return without;
  }
}
