package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The file in which {@code init -save-password} leaves the password for unattended jobs. */
final class SavedPassword {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;

  SavedPassword(Path file) {
    this.file = file;
  }

  Path file() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Whether somebody else can read it. */
  boolean isOpenToOthers() {
    try {
      return isPosix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Refuses what the file could not give back, and to overwrite the password of something else:
   * without it that could never be read again.
   */
  void checkCanHold(char[] password) {
    String text = new String(password);
    if (!text.equals(text.strip())) {
      throw new UsageException(
          "a password that begins or ends with a blank cannot be saved in a file",
          "choose another, or leave -save-password out");
    }
    if (exists() && !text.equals(new String(PasswordFile.read(file, "the saved password")))) {
      throw new CloudsticException(
          ExitCode.FAILED,
          file + " holds another password already",
          "move that file away if nothing needs it, or leave -save-password out",
          null);
    }
  }

  /** Writes it, for its owner alone from its first byte on. */
  void write(char[] password) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, permissions("rwx------"));
      }
      Path made = Files.createTempFile(directory, "password", ".new", permissions("rw-------"));
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
      Files.write(made, Arrays.copyOf(bytes.array(), bytes.limit()));
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the repository was made, but the password could not be saved in " + file,
          "write it there yourself, readable for you alone",
          e);
    }
  }

  private FileAttribute<?>[] permissions(String permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
