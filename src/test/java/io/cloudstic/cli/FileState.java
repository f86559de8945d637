package io.cloudstic.cli;

import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.simulator.drive.Content;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a tree of files holds, by path: of a drive as its model knows it, or of a directory as it
 * lies on disk.
 *
 * @param entries path such as {@code /a/b} to what is there
 */
record FileState(Map<String, Entry> entries) {

  /**
   * One file or folder.
   *
   * @param content SHA-256 of a file; {@code folder} of a folder; where a link leads
   * @param modified the time of modification
   */
  record Entry(String content, Instant modified) {}

  private static final String FOLDER = "folder";

  /** All of the drive that can be backed up. */
  static FileState of(DriveModel drive) {
    return of(drive, path -> true);
  }

  /** What of the drive can be backed up and has one of these paths. */
  static FileState of(DriveModel drive, Predicate<String> wanted) {
    Map<String, Entry> entries = new TreeMap<>();
    drive.walk(
        (path, item) -> {
          if (hasContent(item) && wanted.test(path)) {
            entries.put(
                path,
                new Entry(item.isFolder() ? FOLDER : hash(item.content()), item.clientModified()));
          }
        });
    return new FileState(entries);
  }

  /** Shortcuts, notebooks that are no folders, and the vault have none, nor what is in them. */
  private static boolean hasContent(Item item) {
    for (Item at = item; at != null; at = at.parent()) {
      boolean closed = at.packageType() != null && !at.isFolder();
      if (closed || at.remoteItemId() != null || at.has(Trait.VAULT)) {
        return false;
      }
    }
    return true;
  }

  /** All that is below a directory. */
  static FileState of(Path directory) throws IOException {
    Map<String, Entry> entries = new TreeMap<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          private final Deque<String> path = new ArrayDeque<>(List.of(""));

          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes facts) {
            if (!dir.equals(directory)) {
              path.push(path.peek() + "/" + NativeNames.of(dir).text());
              entries.put(path.peek(), new Entry(FOLDER, facts.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException problem) {
            path.pop();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes facts)
              throws IOException {
            if (facts.isSymbolicLink()) {
              entries.put(
                  path.peek() + "/" + NativeNames.of(file).text(),
                  new Entry("link to " + Files.readSymbolicLink(file), Instant.EPOCH));
              return FileVisitResult.CONTINUE;
            }
            try (InputStream in = Files.newInputStream(file)) {
              entries.put(
                  path.peek() + "/" + NativeNames.of(file).text(),
                  new Entry(hash(in), facts.lastModifiedTime().toInstant()));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new FileState(entries);
  }

  /** What lies below a folder, with paths from there on. */
  FileState below(String folder) {
    Map<String, Entry> inside = new TreeMap<>();
    entries.forEach(
        (path, entry) -> {
          if (path.startsWith(folder + "/")) {
            inside.put(path.substring(folder.length()), entry);
          }
        });
    return new FileState(inside);
  }

  /** In words, in which way the other one is not equal to this one; empty when it is. */
  List<String> differences(FileState other) {
    List<String> found = new ArrayList<>();
    entries.forEach(
        (path, expected) -> {
          Entry actual = other.entries.get(path);
          if (actual == null) {
            found.add(path + " is missing");
          } else if (!actual.content.equals(expected.content)) {
            found.add(path + " has other content");
          } else if (!actual.modified.equals(expected.modified)) {
            found.add(path + " is of " + actual.modified + " instead of " + expected.modified);
          }
        });
    other.entries.keySet().stream()
        .filter(path -> !entries.containsKey(path))
        .forEach(path -> found.add(path + " should not be there"));
    return found;
  }

  private static String hash(Content content) {
    try (InputStream in = content.open(0)) {
      return hash(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(InputStream in) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
