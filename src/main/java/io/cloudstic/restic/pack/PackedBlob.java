package io.cloudstic.restic.pack;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.Envelope;
import java.util.Objects;

/**
 * A blob and its place in a pack.
 *
 * @param type what it holds
 * @param id the SHA-256 of its plain bytes
 * @param offset where its envelope begins
 * @param length the length of its envelope
 * @param uncompressedLength the length of its plain bytes when it is compressed, else 0
 */
public record PackedBlob(BlobType type, Id id, long offset, long length, long uncompressedLength) {
  private static final long MAX_UNSIGNED = 0xffffffffL;

  /**
   * Checks that the numbers fit the format's unsigned 32 bits.
   *
   * @throws IllegalArgumentException when one does not, or the envelope could not hold even an IV
   *     and a tag
   */
  public PackedBlob {
    Objects.requireNonNull(type);
    Objects.requireNonNull(id);
    if (offset < 0
        || length < Envelope.OVERHEAD
        || offset + length > MAX_UNSIGNED
        || uncompressedLength < 0
        || uncompressedLength > MAX_UNSIGNED) {
      throw new IllegalArgumentException(
          "blob %s at %d, length %d, uncompressed %d is not possible"
              .formatted(id.brief(), offset, length, uncompressedLength));
    }
  }

  /** Whether it is stored as a zstd frame. */
  public boolean isCompressed() {
    return uncompressedLength != 0;
  }

  /** The length of its plain bytes. */
  public long plainLength() {
    return isCompressed() ? uncompressedLength : length - Envelope.OVERHEAD;
  }
}
