package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The file that keeps the token between runs. It is replaced as a whole, so that a crash leaves the
 * old token or the new one; only its owner can read it. A symbolic link stays one: what it points
 * to is replaced. Thread-safe; several processes take turns by {@link #exclusively}.
 *
 * <p>Not attempted: encryption. Whoever can read the owner's files could read the key too.
 */
public final class TokenFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final int LONGEST_CHAIN_OF_LINKS = 40;

  private final Path path;
  private final Sleeper sleeper;
  private final Consumer<String> warnings;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * The file at this path, which need not exist yet.
   *
   * @param sleeper waits for other processes
   * @param warnings told, once, when others can read the file
   */
  public TokenFile(Path path, Sleeper sleeper, Consumer<String> warnings) {
    this.path = path.toAbsolutePath();
    this.sleeper = sleeper;
    this.warnings = warnings;
  }

  /** Where the file is, as configured. */
  public Path path() {
    return path;
  }

  /** When the token was last written, or empty when there is none. */
  Optional<Instant> lastWritten() {
    try {
      return Optional.of(Files.getLastModifiedTime(path).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The token, or empty when there is no file.
   *
   * @throws SignInRequiredException when the file holds none
   * @throws CloudsticException when it cannot be read
   */
  Optional<Token> load() {
    try {
      Optional<byte[]> content = read();
      if (content.isEmpty()) {
        return Optional.empty();
      }
      warnWhenOthersCanRead();
      return Optional.of(TokenFormat.decode(content.get()));
    } catch (TokenFormat.Damaged e) {
      throw new SignInRequiredException(
          "the token file " + path + " is damaged: " + e.getMessage(),
          "sign in again, which replaces it: cloudstic auth login");
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /**
   * Replaces the token; it is durable when the method returns. To be called inside {@link
   * #exclusively}.
   */
  void save(Token token) {
    replace(TokenFormat::encode, token);
  }

  /**
   * What the next sign-in of a person must fulfil, if Graph or the authority asked for something.
   */
  Optional<String> claims() {
    try {
      return read().flatMap(TokenFormat::claims);
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Keeps the claims until the next {@link #save}. To be called inside {@link #exclusively}. */
  void saveClaims(String claims) {
    replace(TokenFormat::withClaims, claims);
  }

  private <T> void replace(BiFunction<T, byte[], byte[]> encoding, T content) {
    try {
      Path target = target();
      createDirectory(target.getParent());
      Path temporary = temporary(target);
      // What a crash left there is nobody's: we hold the lock.
      Files.deleteIfExists(temporary);
      try {
        write(temporary, encoding.apply(content, read().orElse(null)));
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      syncDirectory(target.getParent());
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Removes the token; says whether there was one. To be called inside {@link #exclusively}. */
  boolean delete() {
    try {
      Path target = target();
      Files.deleteIfExists(temporary(target));
      return Files.deleteIfExists(target);
    } catch (IOException e) {
      throw failure("delete", e);
    }
  }

  /**
   * Does the work while no other thread or process is in this method for this file.
   *
   * @throws CloudsticException when another holds it for longer than a renewal can take
   */
  <T> T exclusively(Supplier<T> work) {
    try {
      Path target = target();
      createDirectory(target.getParent());
      try (TokenLock lock =
          TokenLock.take(
              target.resolveSibling(target.getFileName() + ".lock"), ownerOnly(), sleeper)) {
        return work.get();
      }
    } catch (IOException e) {
      throw failure("lock", e);
    }
  }

  private Optional<byte[]> read() throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(SignInLimits.LONGEST_TOKEN_FILE + 1);
      if (content.length > SignInLimits.LONGEST_TOKEN_FILE) {
        throw new IOException("it is far too long for a token");
      }
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes(file, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** The file behind the path: a link's target, whether that exists or not. */
  private Path target() throws IOException {
    Path file = path;
    for (int links = 0; Files.isSymbolicLink(file); links++) {
      if (links == LONGEST_CHAIN_OF_LINKS) {
        throw new IOException("its symbolic links lead nowhere");
      }
      file = file.resolveSibling(Files.readSymbolicLink(file));
    }
    return file;
  }

  private static Path temporary(Path target) {
    return target.resolveSibling(target.getFileName() + ".tmp");
  }

  private static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectories(directory, attributes(directory, "rwx------"));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(directory + " is not a directory", e);
    }
  }

  /** Makes the new name durable, where directories can be opened (not on Windows). */
  private static void syncDirectory(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private void warnWhenOthersCanRead() throws IOException {
    if (isPosix(path)
        && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))
        && warned.compareAndSet(false, true)) {
      warnings.accept("the token file " + path + " is open to others; run: chmod 600 " + path);
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return attributes(path, "rw-------");
  }

  private static FileAttribute<?>[] attributes(Path file, String permissions) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private CloudsticException failure(String verb, IOException e) {
    return new CloudsticException(
        ExitCode.FAILED,
        "cannot " + verb + " the token file " + path + ": " + reason(e),
        "check the file and its directory, or choose another place with ONEDRIVE_TOKEN_FILE",
        e);
  }

  private static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replaceFirst("Exception$", "");
    return e.getClass() == IOException.class ? e.getMessage() : kind + ": " + e.getMessage();
  }
}
