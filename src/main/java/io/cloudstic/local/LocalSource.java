package io.cloudstic.local;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.tree.NodeType;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Walks a directory (or visits one file) and tells what {@code restic backup PATH} would record of
 * it. The tree begins at the root of the file system: the directories above {@code PATH} are
 * entered with their real metadata, each holding only the next one.
 *
 * <p>Memory is bounded by the names of the directories on the way from the start to the current
 * item. Mount points are crossed, links are not followed. Of the extended attributes only the
 * namespace {@code user.} is seen, since the Java platform reads no other. Not thread-safe.
 */
public final class LocalSource {
  private final Path start;
  private final Attributes attributes = new Attributes();

  /**
   * A source that begins at this path, made absolute and normalised as restic does.
   *
   * @throws UsageException where the file system has no POSIX metadata
   */
  public LocalSource(Path start) {
    this.start = start.toAbsolutePath().normalize();
    if (!start.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      throw new UsageException(
          "local: needs a file system with POSIX metadata, which " + this.start + " has not", null);
    }
  }

  /** Where the walk begins: absolute, the {@code paths} entry of the snapshot. */
  public Path start() {
    return start;
  }

  /**
   * Visits everything once.
   *
   * @throws UsageException when the start itself does not exist
   * @throws IOException when the start or a directory above it cannot be read: there is nothing to
   *     back up then
   */
  public void walk(LocalVisitor visitor) throws IOException {
    try {
      Deque<LocalItem> above = new ArrayDeque<>();
      for (Path up = start.getParent(); up != null && up.getParent() != null; up = up.getParent()) {
        above.push(attributes.of(up, visitor));
      }
      LocalItem first = start.getParent() == null ? null : attributes.of(start, visitor);
      List<Named> names = first == null || first.type() == NodeType.DIR ? list(start) : List.of();
      above.forEach(visitor::enterDirectory);
      if (first == null) {
        visitAll(names, visitor);
      } else {
        tell(first, names, visitor);
      }
      above.descendingIterator().forEachRemaining(visitor::leaveDirectory);
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + e.getFile(), "check the path after local:", e);
    }
  }

  private void visitAll(List<Named> names, LocalVisitor visitor) {
    for (Named named : names) {
      LocalItem item;
      List<Named> below = List.of();
      try {
        item = attributes.of(named.path(), named.name(), visitor);
        if (item.type() == NodeType.DIR) {
          below = list(named.path());
        }
      } catch (IOException e) {
        visitor.problem(named.path(), e);
        continue;
      }
      tell(item, below, visitor);
    }
  }

  private void tell(LocalItem item, List<Named> below, LocalVisitor visitor) {
    switch (item.type()) {
      case DIR -> {
        if (visitor.enterDirectory(item)) {
          visitAll(below, visitor);
          visitor.leaveDirectory(item);
        }
      }
      case FILE -> visitor.file(item);
      default -> visitor.other(item);
    }
  }

  /** A directory's names in byte order, which is not the order of Java's strings. */
  private static List<Named> list(Path directory) throws IOException {
    List<Named> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(new Named(entry, RawPath.name(entry)));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    names.sort((a, b) -> Arrays.compareUnsigned(a.name(), b.name()));
    return names;
  }

  private record Named(Path path, byte[] name) {}
}
