package io.cloudstic.restic.write;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.chunk.BufferPool;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.MasterKey;
import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Turns plain blobs into sealed ones, one at a time, with contexts that are dear to make and so are
 * kept. Not thread-safe; {@link SealerPool} lends them.
 */
final class Sealer implements AutoCloseable {
  private final BufferPool buffers;
  private final boolean compress;
  private final Envelope envelope;
  private final OffHeapZstd zstd = new OffHeapZstd();
  private final MessageDigest sha256 = Id.sha256();

  Sealer(MasterKey key, SecureRandom random, BufferPool buffers, boolean compress) {
    this.buffers = buffers;
    this.compress = compress;
    this.envelope = new Envelope(key, random);
  }

  /** Compresses where that is allowed (data only where it pays), encrypts and verifies. */
  SealedBlob seal(BlobType type, Id id, byte[] plain, int offset, int length) {
    byte[] scratch = buffers.take(Math.toIntExact(Zstd.compressBound(length)));
    byte[] sealed = null;
    try {
      int packed = compress ? zstd.compress(plain, offset, length, scratch) : length;
      boolean compressed = compress && (packed < length || type == BlobType.TREE);
      int content = compressed ? packed : length;
      sealed = buffers.take(content + Envelope.OVERHEAD);
      int total =
          compressed
              ? envelope.seal(scratch, 0, packed, sealed, 0)
              : envelope.seal(plain, offset, length, sealed, 0);
      verify(id, sealed, total, compressed ? length : 0, scratch);
      SealedBlob blob = new SealedBlob(type, id, length, compressed, sealed, total, buffers);
      sealed = null;
      return blob;
    } finally {
      buffers.give(scratch);
      if (sealed != null) {
        buffers.give(sealed);
      }
    }
  }

  /**
   * Decodes a sealed blob as a reader would and compares its hash: a fault of memory, processor or
   * library shows now, while the source is still there, and not on the day of the restore.
   */
  private void verify(Id id, byte[] sealed, int length, int uncompressed, byte[] scratch) {
    try {
      int opened = envelope.open(sealed, 0, length, scratch, 0);
      boolean whole = true;
      if (uncompressed == 0) {
        sha256.update(scratch, 0, opened);
      } else {
        whole = zstd.decompress(scratch, opened, uncompressed, sha256) == uncompressed;
      }
      if (!Id.of(sha256.digest(), 0).equals(id) || !whole) {
        throw damagedInMemory(id, null);
      }
    } catch (AuthenticationException | ZstdException e) {
      sha256.reset();
      throw damagedInMemory(id, e);
    }
  }

  private static RepositoryException damagedInMemory(Id id, Exception cause) {
    return new RepositoryException(
        ExitCode.FAILED,
        "blob " + id.brief() + " did not decode to what was to be stored; it was not stored",
        "run again; when it happens again, test this machine's memory",
        cause);
  }

  @Override
  public void close() {
    zstd.close();
  }
}
