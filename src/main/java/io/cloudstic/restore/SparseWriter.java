package io.cloudstic.restore;

import io.cloudstic.restic.pack.PlainBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/**
 * Writes into files and leaves long stretches of zeros out: they read back as zeros all the same,
 * and take no room where the file system has holes. Stateless.
 */
final class SparseWriter {
  /** What file systems give room in; a hole is made of whole ones. */
  private static final int BLOCK = 4096;

  /** Shorter stretches are written: many small holes cost more than they save. */
  private static final int SHORTEST_HOLE = 64 * 1024;

  /** Given to the system at once: Java keeps a buffer of that size for each thread. */
  private static final int STEP = 256 * 1024;

  private static final byte[] ZEROS = new byte[BLOCK];

  private SparseWriter() {}

  /**
   * Writes bytes to their place in a file.
   *
   * @param untouched from which byte on the file was empty before this run wrote into it; before
   *     that zeros are written, too
   */
  static void write(FileChannel out, PlainBlob blob, long place, long untouched)
      throws IOException {
    byte[] bytes = blob.bytes();
    int from = blob.offset();
    int to = from + blob.length();
    // What lies at an index of the array comes to lie so much further in the file.
    long offset = place - from;
    if (blob.length() >= SHORTEST_HOLE && place >= untouched) {
      int toBlock = from + (int) (-place & BLOCK - 1);
      for (int at = toBlock; to - at >= SHORTEST_HOLE; ) {
        int end = at;
        while (to - end >= BLOCK && isZero(bytes, end)) {
          end += BLOCK;
        }
        if (end - at >= SHORTEST_HOLE) {
          writeAll(out, bytes, from, at, offset);
          from = end;
        }
        at = end + BLOCK;
      }
    }
    writeAll(out, bytes, from, to, offset);
  }

  /** Gives the file its length, where it ends in a stretch that was left out. */
  static void end(FileChannel out, long length) throws IOException {
    if (out.size() < length) {
      out.write(ByteBuffer.allocate(1), length - 1);
    }
  }

  private static boolean isZero(byte[] bytes, int at) {
    return bytes[at] == 0 && Arrays.equals(bytes, at, at + BLOCK, ZEROS, 0, BLOCK);
  }

  private static void writeAll(FileChannel out, byte[] bytes, int from, int to, long offset)
      throws IOException {
    for (int at = from; at < to; ) {
      at += out.write(ByteBuffer.wrap(bytes, at, Math.min(STEP, to - at)), offset + at);
    }
  }
}
