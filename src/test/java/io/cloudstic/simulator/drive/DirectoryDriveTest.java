package io.cloudstic.simulator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A directory shown as a drive")
class DirectoryDriveTest {
  @TempDir Path directory;
  private DriveModel drive;

  @BeforeEach
  void show() throws IOException {
    write("a/one.txt", "1");
    write("a/two.txt", "2");
    write("b/three.txt", "3");
    drive = new DriveModel(AccountType.BUSINESS, 1, false, Clock.systemUTC());
    DirectoryDrive.show(directory, drive);
  }

  private void write(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Map<String, String> tree() {
    Map<String, String> tree = new TreeMap<>();
    drive.walk((path, item) -> tree.put(path, item.isFolder() ? "folder" : text(item)));
    return tree;
  }

  private static String text(Item item) {
    try (InputStream in = item.content().open(0)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("has its files and folders, with their times")
  void first() throws IOException {
    assertThat(tree())
        .containsOnlyKeys("/a", "/a/one.txt", "/a/two.txt", "/b", "/b/three.txt")
        .containsEntry("/b/three.txt", "3");
    FileTime time = Files.getLastModifiedTime(directory.resolve("a/one.txt"));
    assertThat(drive.at("/a/one.txt").clientModified())
        .isBetween(time.toInstant().minusNanos(100), time.toInstant());
  }

  @Test
  @DisplayName("stays the same when nothing changed")
  void unchanged() {
    long before = drive.sequence();
    drive.refresh();
    assertThat(drive.sequence()).isEqualTo(before);
  }

  @Test
  @DisplayName("follows edits, renames, moves and deletions, keeping the ids of what lives on")
  void changes() throws IOException {
    String one = drive.at("/a/one.txt").id();
    String b = drive.at("/b").id();
    Files.move(directory.resolve("a/one.txt"), directory.resolve("b/uno.txt"));
    Files.move(directory.resolve("b"), directory.resolve("c"));
    Files.delete(directory.resolve("a/two.txt"));
    write("c/three.txt", "three");
    write("new/four.txt", "4");
    drive.refresh();
    assertThat(tree())
        .containsOnlyKeys("/a", "/c", "/c/three.txt", "/c/uno.txt", "/new", "/new/four.txt")
        .containsEntry("/c/three.txt", "three")
        .containsEntry("/c/uno.txt", "1");
    assertThat(drive.at("/c/uno.txt").id()).isEqualTo(one);
    assertThat(drive.at("/c").id()).isEqualTo(b);
  }

  @Test
  @DisplayName("knows a file again that an editor saved by replacing it")
  void replaced() throws IOException {
    String id = drive.at("/a/one.txt").id();
    write("a/one.tmp", "changed");
    Files.setLastModifiedTime(
        directory.resolve("a/one.tmp"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
    Files.move(
        directory.resolve("a/one.tmp"),
        directory.resolve("a/one.txt"),
        StandardCopyOption.REPLACE_EXISTING);
    drive.refresh();
    assertThat(drive.at("/a/one.txt").id()).isEqualTo(id);
    assertThat(tree()).containsEntry("/a/one.txt", "changed");
  }

  @Test
  @DisplayName("can exchange the names of two folders")
  void swapped() throws IOException {
    String a = drive.at("/a").id();
    Files.move(directory.resolve("a"), directory.resolve("t"));
    Files.move(directory.resolve("b"), directory.resolve("a"));
    Files.move(directory.resolve("t"), directory.resolve("b"));
    drive.refresh();
    assertThat(tree()).containsOnlyKeys("/a", "/a/three.txt", "/b", "/b/one.txt", "/b/two.txt");
    assertThat(drive.at("/b").id()).isEqualTo(a);
  }
}
