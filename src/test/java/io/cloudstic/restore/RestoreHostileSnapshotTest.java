package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.MadeRepository;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A restore of a hostile snapshot")
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class RestoreHostileSnapshotTest {
  @TempDir Path dir;

  private final MadeRepository made = new MadeRepository();
  private final List<RestoreProblem> problems = new ArrayList<>();
  private final List<String> renamed = new ArrayList<>();
  private Path target;
  private Path outside;

  @BeforeEach
  void places() throws IOException {
    target = dir.resolve("deep/target");
    outside = Files.createDirectory(dir.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "untouched");
  }

  private RestoreSummary restore(Id tree) {
    return restore(RestoreRequest.of(tree, target));
  }

  private RestoreSummary restore(RestoreRequest request) {
    RestoreListener listener =
        new RestoreListener() {
          @Override
          public void renamed(NodePath path, String localName) {
            renamed.add(localName);
          }

          @Override
          public void problem(RestoreProblem problem) {
            problems.add(problem);
          }
        };
    return new Restore(made.open(), request, listener, new Stop()).run();
  }

  /** Everything below the test's directory that is not in the target. */
  private List<String> outsideOfTarget() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(file -> !file.startsWith(target))
          .map(file -> dir.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String node(String name, String rest) {
    return "{\"name\":\"" + name + "\"," + rest + "}";
  }

  private String file(String name) {
    Id id = made.data("evil".getBytes());
    return node(name, "\"type\":\"file\",\"mode\":420,\"size\":4,\"content\":[\"" + id + "\"]");
  }

  private static String dir(String name, Id tree) {
    return node(name, "\"type\":\"dir\",\"mode\":2147484141,\"subtree\":\"" + tree + "\"");
  }

  private static String link(String name, Path to) {
    return node(name, "\"type\":\"symlink\",\"mode\":134218239,\"linktarget\":\"" + to + "\"");
  }

  private Id tree(String... nodes) {
    return made.treeOf("{\"nodes\":[" + String.join(",", nodes) + "]}\n");
  }

  @Test
  @DisplayName(
      "writes nothing outside of the target, whatever the names are, and says what they became")
  void names() throws Exception {
    Id up = tree(file("pwned"));
    Id root =
        tree(
            file(""),
            file("."),
            file(".."),
            file("../pwned"),
            file("/pwned"),
            file(outside.resolve("pwned").toString()),
            file("a/../../pwned"),
            file("nul\\\\x00"),
            dir("..", up),
            dir("../outside", up),
            dir(".", up));
    RestoreSummary summary = restore(root);
    assertThat(problems).isEmpty();
    assertThat(summary.filesRestored()).isEqualTo(14);
    assertThat(summary.filesRenamed()).isEqualTo(11);
    assertThat(renamed).contains("%2E%2E", "..%2Fpwned", "%", "nul%00", "%2E", "%2Fpwned");
    assertThat(outsideOfTarget()).containsExactly("", "deep", "outside", "outside/precious");
    try (Stream<Path> files = Files.walk(target)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(11);
    }
  }

  @Test
  @DisplayName("does not follow a link of the snapshot that has the name of a directory")
  void linkAndDirectory() throws Exception {
    Id inside = tree(file("precious"), file("pwned"));
    restore(tree(link("a", outside), dir("a", inside)));
    restore(tree(dir("b", inside), link("b", outside)));
    assertThat(outsideOfTarget()).containsExactly("", "deep", "outside", "outside/precious");
    assertThat(outside.resolve("precious")).hasContent("untouched");
    assertThat(target.resolve("b")).isDirectory();
    assertThat(Files.isSymbolicLink(target.resolve("b"))).isFalse();
  }

  @Test
  @DisplayName("does not follow links that stand in the target, for directories, files and parts")
  void linksInTheTarget() throws Exception {
    Files.createDirectories(target);
    Files.createSymbolicLink(target.resolve("dir"), outside);
    Files.createSymbolicLink(target.resolve("file"), outside.resolve("precious"));
    Path second = target.resolve("second");
    Files.createSymbolicLink(Parts.named(second, "1"), outside.resolve("precious"));
    Id inside = tree(file("precious"));
    RestoreSummary summary = restore(tree(dir("dir", inside), file("file"), file("second")));
    assertThat(summary.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(outside.resolve("precious")).hasContent("untouched");
    assertThat(Files.isDirectory(target.resolve("dir"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(target.resolve("dir/precious")).hasContent("evil");
    assertThat(Files.isRegularFile(target.resolve("file"), LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(second).hasContent("evil");
  }

  @Test
  @DisplayName("keeps out of a link in the place of a directory when nothing may be overwritten")
  void linkThatStays() throws Exception {
    Files.createDirectories(target);
    Files.createSymbolicLink(target.resolve("dir"), outside);
    Id root = tree(dir("dir", tree(file("precious"), file("pwned"))));
    RestoreSummary summary = restore(RestoreRequest.of(root, target).overwriting(Overwrite.NEVER));
    assertThat(summary.errors()).isEqualTo(1);
    assertThat(summary.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(Files.isSymbolicLink(target.resolve("dir"))).isTrue();
    assertThat(outsideOfTarget()).containsExactly("", "deep", "outside", "outside/precious");
  }

  @Test
  @DisplayName("does not change the metadata of what a link points to")
  void metadata() throws Exception {
    Files.createDirectories(target);
    Object before = Files.getAttribute(outside, "unix:mode");
    Files.createSymbolicLink(target.resolve("link"), outside);
    Node link =
        Node.builder(NodeName.of("link"), NodeType.SYMLINK)
            .mode(0777)
            .linkTarget(outside.toString())
            .build();
    assertThat(restore(made.tree(link)).filesSkipped()).isEqualTo(1);
    assertThat(Files.getAttribute(outside, "unix:mode")).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(outside).toInstant().getEpochSecond()).isPositive();
  }

  @Test
  @DisplayName("leaves a directory that is in the way of a file or link")
  void directoryInTheWay() throws Exception {
    Files.createDirectories(target.resolve("file/full"));
    Files.createDirectories(target.resolve("link/full"));
    RestoreSummary summary = restore(tree(file("file"), link("link", outside)));
    assertThat(summary.errors()).isEqualTo(2);
    assertThat(target.resolve("file/full")).isDirectory();
    assertThat(target.resolve("link/full")).isDirectory();
    try (Stream<Path> files = Files.list(target)) {
      assertThat(files).as("no parts are left").hasSize(2);
    }
  }

  @Test
  @DisplayName("puts no name into a ZIP file that leads out of it")
  void zip() throws Exception {
    Id up = tree(file("pwned"));
    Id root =
        tree(
            file(".."),
            file("../pwned"),
            file("/abs"),
            file("C:\\\\\\\\pwned"),
            file("back\\\\\\\\slash"),
            dir("..", up));
    Path zip = dir.resolve("out.zip");
    assertThat(restore(RestoreRequest.of(root, zip).verified(true)).filesVerified()).isEqualTo(6);
    List<String> names = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (Enumeration<? extends ZipEntry> e = file.entries(); e.hasMoreElements(); ) {
        names.add(e.nextElement().getName());
      }
    }
    assertThat(names)
        .containsExactly(
            "%2E%2E",
            "..%2Fpwned", "%2Fabs", "C%3A%5Cpwned", "back%5Cslash", "%2E%2E~2/", "%2E%2E~2/pwned");
  }
}
