package io.cloudstic.restic.chunk;

import io.cloudstic.restic.Id;
import java.util.Arrays;

/**
 * A piece of a file's content, which its owner alone may use until it is released. Afterwards its
 * memory serves other chunks, and every access fails rather than show their bytes.
 *
 * <p>One thread at a time; it may be handed from thread to thread.
 */
public final class Chunk {
  private final BufferPool pool;
  private final int length;
  private byte[] buffer;
  private Id id;

  /** The first {@code length} bytes of {@code buffer}, which goes to {@code pool} on release. */
  Chunk(byte[] buffer, int length, BufferPool pool) {
    this.buffer = buffer;
    this.length = length;
    this.pool = pool;
  }

  /** A chunk of these bytes, which belong to the caller again once it is released. */
  public static Chunk of(byte[] bytes) {
    return new Chunk(bytes, bytes.length, null);
  }

  /**
   * The array whose first {@link #length} bytes are the content; not to be changed.
   *
   * @throws IllegalStateException after release
   */
  public byte[] buffer() {
    if (buffer == null) {
      throw new IllegalStateException(
          "this chunk was released: copy its bytes() where they are needed longer");
    }
    return buffer;
  }

  /** How many bytes, at least 1 and at most {@link FastCdc#MAX}. */
  public int length() {
    return length;
  }

  /** The name of the data blob that this chunk becomes: SHA-256 of its bytes, computed once. */
  public Id id() {
    if (id == null) {
      id = Id.hash(buffer(), 0, length);
    }
    return id;
  }

  /** A copy of the content. */
  public byte[] bytes() {
    return Arrays.copyOf(buffer(), length);
  }

  /** Gives the memory back; {@link #id} stays known if it was asked before. Repeatable. */
  public void release() {
    byte[] released = buffer;
    buffer = null;
    if (released != null && pool != null) {
      pool.give(released);
    }
  }

  @Override
  public String toString() {
    return "chunk " + (id == null ? "" : id.brief() + " ") + "of " + length + " bytes";
  }
}
