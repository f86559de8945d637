package io.cloudstic.restic.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * zstd frames as the format has them, read with a bound on the result: a frame may claim or produce
 * any size, so it never decides how much memory it gets. Thread-safe.
 */
public final class Compression {
  /** restic's default level: the higher ones cost more time than they save space. */
  private static final int LEVEL = 3;

  /**
   * In so little, level 3 finds hardly more than level 1 and takes half as long again: of the files
   * of up to 16 KiB in Debian's {@code /usr/share} it makes 0.6 % less.
   */
  private static final int LITTLE = 16 << 10;

  private static final int LEVEL_FOR_LITTLE = 1;

  /** What is set aside on the index's word alone; for more the frame's header must agree. */
  private static final int TRUSTED = 8 << 20;

  /** Below it writers leave the size out of the header: the size takes more room than it saves. */
  private static final int UNSTATED = 256;

  private static final long UNKNOWN_SIZE = -1;

  private Compression() {}

  /** How hard to try, in zstd's measure, with so many bytes. */
  public static int level(int length) {
    return length > LITTLE ? LEVEL : LEVEL_FOR_LITTLE;
  }

  /** One frame of the bytes, with its content size and without a checksum, as restic writes it. */
  public static byte[] compress(byte[] plain) {
    return Zstd.compress(plain, level(plain.length));
  }

  /**
   * What a frame holds when its length is known.
   *
   * @throws IOException when it is not a frame, or its content is longer or shorter
   */
  public static byte[] decompress(byte[] source, int offset, int length, int plainLength)
      throws IOException {
    if (plainLength > TRUSTED) {
      long stated = statedSize(source, offset, length);
      if (stated == 0) {
        return checked(stream(source, offset, length, plainLength), plainLength);
      }
      if (stated != plainLength) {
        throw new IOException("zstd frame of " + stated + " bytes, expected " + plainLength);
      }
    }
    byte[] plain = new byte[plainLength];
    decompress(source, offset, length, plain, plainLength);
    return plain;
  }

  /**
   * Writes what a frame holds to the beginning of an array.
   *
   * @throws IOException when it is not a frame, or its content is longer or shorter
   */
  public static void decompress(
      byte[] source, int offset, int length, byte[] plain, int plainLength) throws IOException {
    try {
      long size = Zstd.decompressByteArray(plain, 0, plainLength, source, offset, length);
      if (size != plainLength) {
        throw new IOException("zstd frame of " + size + " bytes, expected " + plainLength);
      }
    } catch (ZstdException e) {
      throw new IOException("not a valid zstd frame: " + e.getMessage(), e);
    }
  }

  /**
   * What a frame of unknown size holds.
   *
   * @throws IOException when it is not a frame, or holds more than {@code limit} bytes
   */
  public static byte[] decompressUpTo(byte[] source, int offset, int length, int limit)
      throws IOException {
    long stated = statedSize(source, offset, length);
    if (stated < 0 || stated > limit) {
      throw new IOException(
          "zstd frame of " + Long.toUnsignedString(stated) + " bytes, allowed are " + limit);
    }
    return stated > 0
        ? decompress(source, offset, length, (int) stated)
        : ofUnstatedSize(source, offset, length, limit);
  }

  /** Most such frames are short, and a stream takes longer to set up than they to decompress. */
  private static byte[] ofUnstatedSize(byte[] source, int offset, int length, int limit)
      throws IOException {
    byte[] plain = new byte[Math.min(limit, UNSTATED)];
    try {
      long size = Zstd.decompressByteArray(plain, 0, plain.length, source, offset, length);
      return Arrays.copyOf(plain, (int) size);
    } catch (ZstdException longerOrDamaged) {
      return stream(source, offset, length, limit);
    }
  }

  /** The content size in the frame's header; 0 when it is left out, as restic does below 256. */
  private static long statedSize(byte[] source, int offset, int length) throws IOException {
    try {
      return Zstd.getFrameContentSize(source, offset, length);
    } catch (ZstdException e) {
      if (e.getErrorCode() == UNKNOWN_SIZE) {
        return 0;
      }
      throw new IOException("not a valid zstd frame: " + e.getMessage(), e);
    }
  }

  private static byte[] checked(byte[] plain, int length) throws IOException {
    if (plain.length != length) {
      throw new IOException("zstd frame of " + plain.length + " bytes, expected " + length);
    }
    return plain;
  }

  private static byte[] stream(byte[] source, int offset, int length, int limit)
      throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream(Math.min(limit, 64 * 1024));
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in =
        new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(source, offset, length))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (n > limit - plain.size()) {
          throw new IOException("zstd frame of more than the allowed " + limit + " bytes");
        }
        plain.write(buffer, 0, n);
      }
    }
    return plain.toByteArray();
  }
}
