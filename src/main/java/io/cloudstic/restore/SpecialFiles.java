package io.cloudstic.restore;

import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes what Java alone cannot make: named pipes, devices, and links whose target Java would tidy
 * up. All by the programs that every Unix has, and under a name of plain ASCII, since arguments are
 * text.
 */
final class SpecialFiles {
  private static final String NAME = ".cloudstic-special";
  private static final int TIME_LIMIT_SECONDS = 10;

  /** A directory on the target's file system where the file can stand until it gets its name. */
  private final Path workshop;

  SpecialFiles(Path workshop) {
    this.workshop = workshop;
  }

  /**
   * Makes a named pipe with the metadata of its node; whatever file stands in its place goes.
   *
   * @return whether this system has named pipes
   */
  boolean makePipe(Path path, Node node) throws IOException {
    if (File.separatorChar != '/') {
      return false;
    }
    make(path, node, "mkfifo", "-m", permissions(node), NAME);
    return true;
  }

  /**
   * Makes a device with the metadata of its node; whatever file stands in its place goes.
   *
   * @return whether this system has devices, and lets this user make them
   */
  boolean makeDevice(Path path, Node node) throws IOException {
    if (File.separatorChar != '/') {
      return false;
    }
    String kind = node.type() == NodeType.DEV ? "b" : "c";
    String major = Long.toString(major(node.device()));
    String minor = Long.toString(minor(node.device()));
    try {
      make(path, node, "mknod", "-m", permissions(node), NAME, kind, major, minor);
      return true;
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      return false;
    }
  }

  private static String permissions(Node node) {
    return Integer.toOctalString((int) (node.mode() & FileMode.PERMISSIONS));
  }

  private void make(Path path, Node node, String... command) throws IOException {
    Path made = workshop.resolve(NAME);
    Files.deleteIfExists(made);
    run(command);
    // Not by Java's own call, which opens what it gives a time and would wait for a writer.
    Metadata.own(made, node);
    touch("-a", node.atime().toEpochSecond(), node.atime().getNano());
    touch("-m", node.mtime().toEpochSecond(), node.mtime().getNano());
    Target.finish(made, path);
  }

  /** The major part of a device number, as Linux has it. */
  static long major(long device) {
    return device >>> 8 & 0xfff | device >>> 32 & ~0xfffL;
  }

  /** The minor part of a device number, as Linux has it. */
  static long minor(long device) {
    return device & 0xff | device >>> 12 & 0xffffff00L;
  }

  private void touch(String which, long seconds, int nanos) {
    try {
      run("touch", which, "-d", "@%d.%09d".formatted(seconds, nanos), NAME);
    } catch (IOException e) {
      // Only GNU's touch knows this form; the time of a pipe says little.
    }
  }

  /** Makes a symbolic link at a path where nothing stands. */
  void makeLink(Path path, byte[] target) throws IOException {
    Path tidied = NativeNames.target(target);
    if (Arrays.equals(NativeNames.bytesOf(tidied), target) || !isPlain(target)) {
      Files.createSymbolicLink(path, tidied);
      return;
    }
    // Java drops a slash that is doubled or stands at the end.
    Path made = workshop.resolve(NAME);
    Files.deleteIfExists(made);
    run("ln", "-s", "--", new String(target, StandardCharsets.US_ASCII), NAME);
    Files.move(made, path);
  }

  private static boolean isPlain(byte[] target) {
    for (byte b : target) {
      if (b < 0x20) {
        return false;
      }
    }
    return File.separatorChar == '/';
  }

  private void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(workshop.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(command[0] + " failed");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(command[0] + " was interrupted", e);
    }
  }
}
