package io.cloudstic.restore;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A directory on disk that a snapshot is restored into. Links that stand in it, restored ones and
 * older ones alike, are never followed: a directory is entered only after looking at it as what it
 * is. What is made appears under its name whole, or not at all. Thread-safe.
 */
final class Target {
  private final Path root;
  private final boolean posix;
  private final boolean empty;

  /** The directory may be a link, or lie behind one: that is the user's own choice. */
  private Target(Path root, boolean empty) {
    this.root = root;
    this.empty = empty;
    this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes the directory where it is missing. */
  static Target open(Path directory) throws IOException {
    Files.createDirectories(Files.isSymbolicLink(directory) ? directory.toRealPath() : directory);
    Path real = directory.toRealPath();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(real)) {
      return new Target(real, !entries.iterator().hasNext());
    }
  }

  /** The directory only as a name, for a dry run. */
  static Target imagined(Path directory) {
    return new Target(directory.toAbsolutePath(), false);
  }

  Path root() {
    return root;
  }

  /** Whether it held nothing when it was opened, not even what an earlier run has left. */
  boolean wasEmpty() {
    return empty;
  }

  /**
   * What entries are called here. Whether letters of both cases are one name is found out by the
   * mark of the run: it differs from directory to directory.
   */
  LocalNames localNames(Parts parts) {
    if (!root.getFileSystem().getSeparator().equals("/")) {
      return LocalNames.windows();
    }
    Path mark = parts.mark();
    return LocalNames.unix(
        mark != null
            && Files.exists(
                mark.resolveSibling(mark.getFileName().toString().toUpperCase(Locale.ROOT)),
                LinkOption.NOFOLLOW_LINKS));
  }

  /** What stands at a path, without following it; empty when nothing does. */
  static Optional<BasicFileAttributes> look(Path path) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether a path is a directory itself, not a link to one. */
  static boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes a directory in one that is known to be real, or takes the one that is there. A link or
   * file in its place goes, unless existing things are to stay.
   *
   * @return whether it was made
   */
  boolean makeDirectory(Path directory, boolean replace) throws IOException {
    Optional<BasicFileAttributes> found = look(directory);
    if (found.isPresent() && found.get().isDirectory()) {
      makeWritable(directory);
      return false;
    }
    if (found.isPresent()) {
      if (!replace) {
        throw new FileAlreadyExistsException(
            directory.toString(), null, "something else is in the place of the directory");
      }
      Files.delete(directory);
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      if (!isDirectory(directory)) {
        throw e;
      }
      return false; // another restore has made it meanwhile
    }
    makeWritable(directory);
    return true;
  }

  /** A directory that an earlier restore has made read-only; its mode is set again at the end. */
  void makeWritable(Path directory) throws IOException {
    if (!posix) {
      return;
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(
            directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(view.readAttributes().permissions());
    boolean changed = permissions.add(PosixFilePermission.OWNER_READ);
    changed |= permissions.add(PosixFilePermission.OWNER_WRITE);
    changed |= permissions.add(PosixFilePermission.OWNER_EXECUTE);
    if (changed) {
      // Files.setPosixFilePermissions follows links, which this is known not to be.
      Files.setPosixFilePermissions(directory, permissions);
    }
  }

  /**
   * Gives a finished part its name, in place of any file or link that has it, never a directory.
   */
  static void finish(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      if (isDirectory(file)) {
        throw new FileAlreadyExistsException(file.toString(), null, "a directory is in its place");
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
