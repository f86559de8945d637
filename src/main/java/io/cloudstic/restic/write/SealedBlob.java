package io.cloudstic.restic.write;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.chunk.BufferPool;

/**
 * A blob as it will lie in a pack: compressed where that pays, encrypted, authenticated, and
 * verified to decode to what its id says. Its memory goes back to the pool when it is packed.
 *
 * <p>One thread at a time.
 */
public final class SealedBlob {
  private final BlobType type;
  private final Id id;
  private final int plainLength;
  private final boolean compressed;
  private final int length;
  private final BufferPool pool;
  private byte[] buffer;

  SealedBlob(
      BlobType type,
      Id id,
      int plainLength,
      boolean compressed,
      byte[] buffer,
      int length,
      BufferPool pool) {
    this.type = type;
    this.id = id;
    this.plainLength = plainLength;
    this.compressed = compressed;
    this.buffer = buffer;
    this.length = length;
    this.pool = pool;
  }

  /** What it holds. */
  public BlobType type() {
    return type;
  }

  /** SHA-256 of its plain bytes. */
  public Id id() {
    return id;
  }

  /** How many plain bytes it holds. */
  public int plainLength() {
    return plainLength;
  }

  /** Whether the plain bytes were compressed. */
  public boolean compressed() {
    return compressed;
  }

  /** How many bytes it takes in a pack. */
  public int length() {
    return length;
  }

  /** The array that begins with the envelope. */
  byte[] buffer() {
    if (buffer == null) {
      throw new IllegalStateException(this + " was packed already");
    }
    return buffer;
  }

  /** Gives the memory back; repeatable. */
  void release() {
    byte[] released = buffer;
    buffer = null;
    if (released != null) {
      pool.give(released);
    }
  }

  @Override
  public String toString() {
    return type.word() + " blob " + id.brief() + ", " + plainLength + " bytes sealed in " + length;
  }
}
