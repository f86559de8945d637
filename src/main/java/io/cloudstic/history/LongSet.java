package io.cloudstic.history;

import java.nio.charset.StandardCharsets;

/**
 * A set of 64-bit hashes at 11 to 22 bytes each, by open addressing. Not thread-safe. Two texts may
 * have the same hash: what it says is a hint, to be confirmed.
 */
final class LongSet {
  private static final int SMALLEST = 1024;

  private long[] table = new long[SMALLEST];
  private int size;

  /** A hash of a text, never zero: FNV-1a, its bits mixed as SplitMix64 does. */
  static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ b & 0xff) * 0x100000001b3L;
    }
    hash = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ hash >>> 27) * 0x94d049bb133111ebL;
    hash ^= hash >>> 31;
    return hash == 0 ? 1 : hash;
  }

  /** Adds a hash that is not zero. */
  void add(long hash) {
    if (size >= table.length / 4 * 3) {
      long[] smaller = table;
      table = new long[Math.multiplyExact(smaller.length, 2)];
      for (long each : smaller) {
        if (each != 0) {
          table[place(each)] = each;
        }
      }
    }
    int place = place(hash);
    if (table[place] == 0) {
      table[place] = hash;
      size++;
    }
  }

  boolean contains(long hash) {
    return table[place(hash)] == hash;
  }

  /** Whether something is in both. */
  boolean intersects(LongSet other) {
    for (long each : table) {
      if (each != 0 && other.contains(each)) {
        return true;
      }
    }
    return false;
  }

  /** Where the hash is, or belongs. */
  private int place(long hash) {
    int mask = table.length - 1;
    int at = (int) (hash >>> 32) & mask;
    while (table[at] != 0 && table[at] != hash) {
      at = at + 1 & mask;
    }
    return at;
  }
}
