package io.cloudstic.restic;

/**
 * A set of ids at 43 to 86 bytes each: they stand in one array, found by open addressing. An id is
 * a hash already, so its first bits choose the place. Not thread-safe.
 */
public final class IdSet {
  private static final int WORDS = 4;
  private static final int SMALLEST = 1024;

  private long[] table = new long[SMALLEST * WORDS];
  private int size;

  /** The id of zeros, which looks like a free place. */
  private boolean hasZero;

  /** Adds an id; says whether it was not there. */
  public boolean add(Id id) {
    if (isFree(id.word(0), id.word(1), id.word(2), id.word(3))) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    if (size >= capacity() / 4 * 3) {
      grow();
    }
    if (!insert(table, id.word(0), id.word(1), id.word(2), id.word(3))) {
      return false;
    }
    size++;
    return true;
  }

  /** Whether an id is there. */
  public boolean contains(Id id) {
    long a = id.word(0);
    if (isFree(a, id.word(1), id.word(2), id.word(3))) {
      return hasZero;
    }
    int places = capacity();
    for (int place = (int) (a >>> 32) & places - 1; ; place = place + 1 & places - 1) {
      int i = place * WORDS;
      if (isFree(table[i], table[i + 1], table[i + 2], table[i + 3])) {
        return false;
      }
      if (table[i] == a
          && table[i + 1] == id.word(1)
          && table[i + 2] == id.word(2)
          && table[i + 3] == id.word(3)) {
        return true;
      }
    }
  }

  /** How many there are. */
  public int size() {
    return size + (hasZero ? 1 : 0);
  }

  private int capacity() {
    return table.length / WORDS;
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(table.length, 2)];
    for (int i = 0; i < table.length; i += WORDS) {
      if (!isFree(table[i], table[i + 1], table[i + 2], table[i + 3])) {
        insert(larger, table[i], table[i + 1], table[i + 2], table[i + 3]);
      }
    }
    table = larger;
  }

  private static boolean insert(long[] table, long a, long b, long c, long d) {
    int places = table.length / WORDS;
    int place = (int) (a >>> 32) & places - 1;
    while (true) {
      int i = place * WORDS;
      if (isFree(table[i], table[i + 1], table[i + 2], table[i + 3])) {
        table[i] = a;
        table[i + 1] = b;
        table[i + 2] = c;
        table[i + 3] = d;
        return true;
      }
      if (table[i] == a && table[i + 1] == b && table[i + 2] == c && table[i + 3] == d) {
        return false;
      }
      place = place + 1 & places - 1;
    }
  }

  private static boolean isFree(long a, long b, long c, long d) {
    return (a | b | c | d) == 0;
  }
}
