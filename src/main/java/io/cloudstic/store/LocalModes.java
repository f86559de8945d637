package io.cloudstic.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The permissions that a local store gives, as restic derives them: private, unless the
 * repository's {@code config} is readable by its group, which then gets the same access as the
 * owner. Where the file system has no such permissions, none are set.
 */
enum LocalModes {
  PRIVATE("rwx------", "rw-------", "r--------"),
  GROUP("rwxrwx---", "rw-rw----", "r--r-----"),
  NONE(null, null, null);

  private final Set<PosixFilePermission> directory;
  private final Set<PosixFilePermission> written;
  private final Set<PosixFilePermission> finished;

  LocalModes(String directory, String written, String finished) {
    this.directory = directory == null ? null : PosixFilePermissions.fromString(directory);
    this.written = written == null ? null : PosixFilePermissions.fromString(written);
    this.finished = finished == null ? null : PosixFilePermissions.fromString(finished);
  }

  /** The modes of a repository with this config file, which need not exist, in this directory. */
  static LocalModes like(Path config, Path root) throws IOException {
    if (!root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NONE;
    }
    try {
      boolean group =
          Files.getPosixFilePermissions(config).contains(PosixFilePermission.GROUP_READ);
      return group ? GROUP : PRIVATE;
    } catch (NoSuchFileException e) {
      return PRIVATE;
    }
  }

  /** How a directory is made. */
  FileAttribute<?>[] ofDirectory() {
    return attributes(directory);
  }

  /** How a file is made that is being written. */
  FileAttribute<?>[] ofWrittenFile() {
    return attributes(written);
  }

  /** Makes a finished file read-only, where the file system lets us: a guard, not a promise. */
  void finish(Path file) {
    if (finished == null) {
      return;
    }
    try {
      Files.setPosixFilePermissions(file, finished);
    } catch (IOException | UnsupportedOperationException e) {
      // Network shares often forbid it; the content does not depend on it.
      return;
    }
  }

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return permissions == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
