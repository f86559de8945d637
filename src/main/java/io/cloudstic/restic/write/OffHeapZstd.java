package io.cloudstic.restic.write;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.cloudstic.restic.file.Compression;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * zstd through two small buffers outside of the heap. The binding's functions for arrays keep the
 * garbage collector out while they work, which is most of the time here, and a heap that cannot be
 * collected grows instead. Not thread-safe.
 */
final class OffHeapZstd implements AutoCloseable {
  private static final int PIECE = 256 << 10;

  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final ByteBuffer in = ByteBuffer.allocateDirect(PIECE);
  private final ByteBuffer out = ByteBuffer.allocateDirect(PIECE);

  /**
   * Writes one frame, with its content size and without a checksum, as restic writes it.
   *
   * @param frame takes what {@code Zstd.compressBound(length)} says
   * @return the length of the frame
   */
  int compress(byte[] plain, int offset, int length, byte[] frame) {
    compressor.setLevel(Compression.level(length));
    compressor.setPledgedSrcSize(length);
    int read = 0;
    int written = 0;
    boolean ended = false;
    while (!ended) {
      read += fill(plain, offset + read, length - read);
      EndDirective end = read == length ? EndDirective.END : EndDirective.CONTINUE;
      do {
        out.clear();
        boolean flushed = compressor.compressDirectByteBufferStream(out, in, end);
        ended = flushed && end == EndDirective.END;
        out.flip();
        int made = out.remaining();
        out.get(frame, written, made);
        written += made;
      } while (in.hasRemaining() || end == EndDirective.END && !ended);
    }
    return written;
  }

  /**
   * Decodes a frame into a digest.
   *
   * @return how many bytes the frame holds; reading ends soon after {@code limit}
   * @throws ZstdException when it is not one whole frame
   */
  long decompress(byte[] frame, int length, int limit, MessageDigest digest) {
    decompressor.reset();
    int read = 0;
    long plain = 0;
    boolean ended = false;
    while (read < length && plain <= limit) {
      read += fill(frame, read, length - read);
      do {
        out.clear();
        ended = decompressor.decompressDirectByteBufferStream(out, in);
        out.flip();
        plain += out.remaining();
        digest.update(out);
      } while (in.hasRemaining() || !ended && out.limit() == out.capacity());
    }
    if (!ended) {
      throw new ZstdException(0, "the frame is cut or longer than it should be");
    }
    return plain;
  }

  private int fill(byte[] bytes, int offset, int available) {
    int n = Math.min(PIECE, available);
    in.clear().put(bytes, offset, n).flip();
    return n;
  }

  @Override
  public void close() {
    compressor.close();
    decompressor.close();
  }
}
