package io.cloudstic.restic.chunk;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Byte arrays to use again. An array of 1 MiB and more costs the clearing of its memory each time
 * it is made and fills the heap quickly; a backup makes thousands.
 *
 * <p>The pool never waits: when it has nothing fitting it makes a new array, and what it is given
 * beyond its bound it leaves to the garbage collector. So an array that is never given back costs
 * memory until it is unreachable, and nothing else. Thread-safe.
 */
public final class BufferPool {
  /** The smallest array made: 98 of 100 chunks of random content are smaller. */
  static final int SMALLEST = 2 << 20;

  /** Room beyond a power of two, for what sealing and failed compression add to a chunk. */
  static final int SLACK = 64 * 1024;

  private static final int SIZES = 4;

  private final long bound;
  private final Deque<byte[]>[] idle;
  private long idleBytes;

  /**
   * An empty pool.
   *
   * @param bound how many bytes of idle arrays it keeps at most
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public BufferPool(long bound) {
    this.bound = bound;
    this.idle = new Deque[SIZES];
    for (int i = 0; i < SIZES; i++) {
      idle[i] = new ArrayDeque<>();
    }
  }

  /** An array of at least that many bytes, with anything in it. */
  public byte[] take(int length) {
    int size = sizeFor(length);
    if (size >= SIZES) {
      return new byte[length];
    }
    synchronized (this) {
      byte[] array = idle[size].pollFirst();
      if (array != null) {
        idleBytes -= array.length;
        return array;
      }
    }
    return new byte[lengthOf(size)];
  }

  /** Gives an array back; the caller uses it no more. Arrays made elsewhere are let go. */
  public void give(byte[] array) {
    int size = sizeFor(array.length);
    if (size >= SIZES || lengthOf(size) != array.length) {
      return;
    }
    synchronized (this) {
      if (idleBytes + array.length <= bound) {
        idle[size].addFirst(array);
        idleBytes += array.length;
      }
    }
  }

  synchronized long idleBytes() {
    return idleBytes;
  }

  private static int lengthOf(int size) {
    return (SMALLEST << size) + SLACK;
  }

  private static int sizeFor(int length) {
    int size = 0;
    while (size < SIZES && lengthOf(size) < length) {
      size++;
    }
    return size;
  }
}
