package io.cloudstic.copy;

import java.util.concurrent.atomic.LongAdder;

/** How far a copy is, for whoever looks on. Thread-safe. */
public final class CopyProgress {
  private final LongAdder blobs = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder trees = new LongAdder();
  private volatile long wanted;

  void wanted(long count) {
    wanted = count;
  }

  void tree() {
    trees.increment();
  }

  void blob(long length) {
    blobs.increment();
    bytes.add(length);
  }

  /** Directories that were walked so far. */
  public long trees() {
    return trees.sum();
  }

  /** Chunks to copy; 0 until all directories were walked. */
  public long wanted() {
    return wanted;
  }

  /** Chunks that were copied so far. */
  public long blobs() {
    return blobs.sum();
  }

  /** Their bytes, before compression. */
  public long bytes() {
    return bytes.sum();
  }
}
