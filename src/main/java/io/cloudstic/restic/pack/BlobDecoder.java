package io.cloudstic.restic.pack;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.file.Compression;
import java.io.IOException;

/**
 * Turns a sealed blob into its plain bytes: authenticates, decrypts, decompresses, and compares
 * with the id. Not thread-safe: it uses the thread's envelope.
 */
public final class BlobDecoder {
  private final Envelope envelope;

  /** A decoder for the calling thread. */
  public BlobDecoder(Envelope envelope) {
    this.envelope = envelope;
  }

  /**
   * The plain bytes of a blob, which are what its id says.
   *
   * @param sealed holds the envelope
   * @param offset where in {@code sealed} it begins, not where in the pack
   * @throws IOException when it cannot be decompressed, or hashes to something else
   * @throws AuthenticationException when the envelope does not open
   */
  public byte[] decode(PackedBlob blob, byte[] sealed, int offset) throws IOException {
    int length = Math.toIntExact(blob.length());
    byte[] opened = new byte[length - Envelope.OVERHEAD];
    envelope.open(sealed, offset, length, opened, 0);
    byte[] plain = opened;
    if (blob.isCompressed()) {
      if (blob.uncompressedLength() > Integer.MAX_VALUE - 8) {
        throw new IOException("a blob of " + blob.uncompressedLength() + " bytes is too long");
      }
      plain = Compression.decompress(opened, 0, opened.length, (int) blob.uncompressedLength());
    }
    if (!Id.hash(plain).equals(blob.id())) {
      throw new IOException("its content does not match its id");
    }
    return plain;
  }
}
