package io.cloudstic.restic.pack;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.Envelope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An open pack: takes sealed blobs of one type until it is finished, then begins anew with the same
 * buffer. It does not decide when it is full; it only refuses what the format cannot hold.
 *
 * <p>Not thread-safe.
 */
public final class PackBuilder {
  /** What restic closes a pack at, unless told otherwise. */
  public static final int DEFAULT_TARGET = 16 << 20;

  /** The most that a Java array takes; the format itself would allow twice as much. */
  private static final long MAX_SIZE = Integer.MAX_VALUE - 8;

  private final BlobType type;
  private final List<PackedBlob> blobs = new ArrayList<>();
  private byte[] buffer;
  private int bodyLength;
  private int headerLength = Envelope.OVERHEAD + PackHeader.LENGTH_FIELD;

  /**
   * An empty pack.
   *
   * @param type the only type of blob it takes: packs of mixed types are forbidden
   * @param capacity bytes to set aside; grows when needed
   */
  public PackBuilder(BlobType type, int capacity) {
    this.type = type;
    this.buffer = new byte[capacity];
  }

  /** Whether the format has room for one more blob with an envelope of this length. */
  public boolean fits(int sealedLength) {
    return headerLength + PackHeader.COMPRESSED_ENTRY <= PackHeader.MAX_SEALED
        && (long) bodyLength + sealedLength + headerLength + PackHeader.COMPRESSED_ENTRY
            <= MAX_SIZE;
  }

  /**
   * Appends a sealed blob; the bytes are copied.
   *
   * @param id the SHA-256 of its plain bytes
   * @param uncompressedLength the length of its plain bytes when it is compressed, else 0
   * @throws IllegalStateException when it does not {@linkplain #fits fit}
   */
  public void add(Id id, byte[] sealed, int offset, int length, int uncompressedLength) {
    if (!fits(length)) {
      throw new IllegalStateException("the pack is full");
    }
    PackedBlob blob = new PackedBlob(type, id, bodyLength, length, uncompressedLength);
    if (buffer.length - bodyLength < length) {
      long doubled = Math.min(2L * buffer.length, MAX_SIZE);
      buffer = Arrays.copyOf(buffer, Math.max((int) doubled, bodyLength + length));
    }
    System.arraycopy(sealed, offset, buffer, bodyLength, length);
    blobs.add(blob);
    bodyLength += length;
    headerLength += PackHeader.entryLength(blob);
  }

  /** Bytes of blobs so far; a pack is full once this reaches the target size. */
  public int bodyLength() {
    return bodyLength;
  }

  /** Whether it holds nothing. */
  public boolean isEmpty() {
    return blobs.isEmpty();
  }

  /**
   * Seals the header, names the pack, and starts anew.
   *
   * @throws IllegalStateException when it is empty
   */
  public FinishedPack finish(Envelope envelope) {
    if (isEmpty()) {
      throw new IllegalStateException("a pack without blobs is not written");
    }
    byte[] header = envelope.seal(PackHeader.encode(blobs));
    byte[] pack = Arrays.copyOf(buffer, bodyLength + headerLength);
    System.arraycopy(header, 0, pack, bodyLength, header.length);
    int at = bodyLength + header.length;
    for (int i = 0; i < PackHeader.LENGTH_FIELD; i++) {
      pack[at + i] = (byte) (header.length >>> 8 * i);
    }
    FinishedPack finished = new FinishedPack(Id.hash(pack), pack, List.copyOf(blobs));
    blobs.clear();
    bodyLength = 0;
    headerLength = Envelope.OVERHEAD + PackHeader.LENGTH_FIELD;
    return finished;
  }
}
