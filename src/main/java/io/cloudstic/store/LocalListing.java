package io.cloudstic.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The objects below a directory, some directories at a time: each directory's files, then its
 * subdirectories by name. A page ends with the last file of a directory, so that no directory is
 * read twice for its files, and memory is bounded by the largest one.
 */
final class LocalListing {
  /** No page ends before it has that many objects. */
  private static final int PAGE = 1000;

  /** The deepest directory that is looked into; restic's layout needs two. */
  private static final int MAX_DEPTH = 16;

  private final Path root;
  private final String afterDirectory;
  private final List<ObjectInfo> page = new ArrayList<>();

  private LocalListing(Path root, String after) {
    this.root = root;
    this.afterDirectory = after.isEmpty() ? null : after.substring(0, after.lastIndexOf('/') + 1);
  }

  /** The objects under {@code prefix} in the directories after that of {@code after}. */
  static List<ObjectInfo> page(Path root, String prefix, String after) throws IOException {
    LocalListing listing = new LocalListing(root, after);
    listing.visit(prefix, 0);
    return listing.page;
  }

  /**
   * A directory that was never made has no objects. A file in its place, or a link to a disk that
   * is not there, must not look the same: without snapshots all data would be unused.
   */
  private void visit(String directory, int depth) throws IOException {
    boolean done = isDone(directory);
    List<String> below = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(root.resolve(directory))) {
      for (Path child : children) {
        look(child, directory, done, below);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (NoSuchFileException e) {
      if (depth == 0 && Files.isSymbolicLink(root.resolve(directory))) {
        throw e;
      }
      return;
    } catch (NotDirectoryException e) {
      if (depth == 0) {
        throw e;
      }
      return;
    }
    below.sort(null);
    for (String subdirectory : below) {
      if (page.size() >= PAGE) {
        return;
      }
      if (depth < MAX_DEPTH && (!isDone(subdirectory) || afterDirectory.startsWith(subdirectory))) {
        visit(subdirectory, depth + 1);
      }
    }
  }

  private void look(Path child, String directory, boolean done, List<String> below)
      throws IOException {
    String name = child.getFileName().toString();
    BasicFileAttributes found;
    try {
      // Links are followed because people spread data/ over disks with them.
      found = Files.readAttributes(child, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return;
    }
    if (found.isDirectory()) {
      below.add(directory + name + "/");
    } else if (!done && found.isRegularFile() && !Keys.isUnfinished(name)) {
      page.add(new ObjectInfo(directory + name, found.size(), modified(found)));
    }
  }

  /** File systems that keep no times say 1970. */
  private static Instant modified(BasicFileAttributes file) {
    Instant time = file.lastModifiedTime().toInstant();
    return time.equals(Instant.EPOCH) ? null : time;
  }

  /**
   * Whether an earlier page has this directory's files. Names compare like the sorting of siblings:
   * every path ends in {@code /}, and at the first difference two siblings' names differ.
   */
  private boolean isDone(String directory) {
    return afterDirectory != null && directory.compareTo(afterDirectory) <= 0;
  }
}
