package io.cloudstic.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Durable writing and whole reading of files, without large native buffers. */
final class LocalFiles {
  /**
   * Bytes per call: the JDK copies a heap array through a native buffer as large as the call, and
   * keeps one for each thread.
   */
  private static final int PIECE = 256 * 1024;

  private LocalFiles() {}

  /** Writes a new file and returns when its content is on the disk; on a failure it is removed. */
  static void write(Path file, byte[] data, LocalModes modes) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean written = false;
    try (FileChannel channel = FileChannel.open(file, options, modes.ofWrittenFile())) {
      try {
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
          ByteBuffer piece = rest.slice();
          piece.limit(Math.min(PIECE, piece.remaining()));
          rest.position(rest.position() + channel.write(piece));
        }
        modes.finish(file);
        channel.force(true);
        written = true;
      } finally {
        if (!written) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Reads {@code length} bytes from {@code offset} to the beginning of an array. */
  static void read(FileChannel file, long offset, int length, byte[] data) throws IOException {
    int done = 0;
    while (done < length) {
      ByteBuffer piece = ByteBuffer.wrap(data, done, Math.min(PIECE, length - done));
      int n = file.read(piece, offset + done);
      if (n < 0) {
        throw new EOFException("it ends after " + (offset + done) + " bytes");
      }
      done += n;
    }
  }

  /** Makes a directory and its missing parents, durably. */
  static void makeDirectories(Path directory, LocalModes modes) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      makeDirectories(parent, modes);
    }
    try {
      Files.createDirectory(directory, modes.ofDirectory());
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
    if (parent != null) {
      flushDirectory(parent);
    }
  }

  /** Brings the names of a directory to the disk, where the system can do that. */
  static void flushDirectory(Path directory) throws IOException {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Windows cannot open a directory; its file systems keep the order of names themselves.
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some network file systems cannot flush a directory; restic passes over the same answers.
      if (!LocalFailures.isUnsupported(e)) {
        throw e;
      }
    }
  }
}
