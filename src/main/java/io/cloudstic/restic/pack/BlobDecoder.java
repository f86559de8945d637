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
      plain = Compression.decompress(opened, 0, opened.length, plainLength(blob));
    }
    check(blob, PlainBlob.of(plain));
    return plain;
  }

  /**
   * Does what {@link #decode} does without taking memory for each blob: what the envelope held lies
   * where the envelope was, even when it fails, and what is decompressed in {@code scratch}.
   *
   * @param scratch takes the plain bytes of compressed blobs that are not longer
   * @return the bytes, until {@code sealed} or {@code scratch} is used again
   * @throws IOException as {@link #decode} does
   * @throws AuthenticationException when the envelope does not open; it is untouched then
   */
  public PlainBlob decodeInPlace(PackedBlob blob, byte[] sealed, int offset, byte[] scratch)
      throws IOException {
    int opened = envelope.open(sealed, offset, Math.toIntExact(blob.length()), sealed, offset);
    PlainBlob plain;
    if (!blob.isCompressed()) {
      plain = new PlainBlob(sealed, offset, opened);
    } else if (blob.uncompressedLength() <= scratch.length) {
      int length = (int) blob.uncompressedLength();
      Compression.decompress(sealed, offset, opened, scratch, length);
      plain = new PlainBlob(scratch, 0, length);
    } else {
      plain = PlainBlob.of(Compression.decompress(sealed, offset, opened, plainLength(blob)));
    }
    check(blob, plain);
    return plain;
  }

  private static int plainLength(PackedBlob blob) throws IOException {
    if (blob.uncompressedLength() > Integer.MAX_VALUE - 8) {
      throw new IOException("a blob of " + blob.uncompressedLength() + " bytes is too long");
    }
    return (int) blob.uncompressedLength();
  }

  private static void check(PackedBlob blob, PlainBlob plain) throws IOException {
    if (!Id.hash(plain.bytes(), plain.offset(), plain.length()).equals(blob.id())) {
      throw new IOException("its content does not match its id");
    }
  }
}
