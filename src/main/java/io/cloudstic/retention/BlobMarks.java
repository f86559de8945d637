package io.cloudstic.retention;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A set of the blobs of an index, by their numbers in it: one bit for each. Thread-safe, but for
 * {@link #cover}.
 */
final class BlobMarks {
  private AtomicLongArray words = new AtomicLongArray(0);

  /** An empty set of the blobs of an empty index. */
  BlobMarks() {}

  /** An empty set of so many. */
  BlobMarks(int blobs) {
    cover(blobs);
  }

  /** Makes room for more blobs; no other thread uses the set meanwhile. */
  void cover(int blobs) {
    AtomicLongArray larger = new AtomicLongArray((blobs + Long.SIZE - 1) / Long.SIZE);
    for (int i = 0; i < words.length(); i++) {
      larger.set(i, words.get(i));
    }
    words = larger;
  }

  /** Adds a blob; says whether it was not there. Of several threads one is told so. */
  boolean add(int number) {
    long bit = 1L << number;
    return (words.getAndAccumulate(number / Long.SIZE, bit, (old, one) -> old | one) & bit) == 0;
  }

  /** Takes a blob out; says whether it was there. Of several threads one is told so. */
  boolean remove(int number) {
    long bit = 1L << number;
    return (words.getAndAccumulate(number / Long.SIZE, bit, (old, one) -> old & ~one) & bit) != 0;
  }

  boolean contains(int number) {
    return (words.get(number / Long.SIZE) & 1L << number) != 0;
  }

  boolean isEmpty() {
    for (int i = 0; i < words.length(); i++) {
      if (words.get(i) != 0) {
        return false;
      }
    }
    return true;
  }
}
