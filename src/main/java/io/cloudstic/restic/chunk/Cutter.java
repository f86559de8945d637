package io.cloudstic.restic.chunk;

/**
 * Looks for the next cut in bytes that arrive in pieces, remembering the hash between them. One per
 * stream; not thread-safe.
 */
final class Cutter {
  private final long[] gear;
  private int seen;
  private long hash;

  Cutter(long[] gear) {
    this.gear = gear;
  }

  /**
   * Goes on looking for the end of the chunk that begins at {@code bytes[0]}.
   *
   * @param bytes the chunk's bytes so far; what was passed before must still be there
   * @param length how many there are
   * @return the length of the chunk, after which the next call begins a new one; or -1 when more
   *     bytes are needed to tell
   */
  int advance(byte[] bytes, int length) {
    if (seen < FastCdc.MIN) {
      seen = Math.min(length, FastCdc.MIN);
    }
    int cut = scan(bytes, Math.min(length, FastCdc.NORMAL), FastCdc.MASK_BELOW_NORMAL);
    if (cut < 0) {
      cut = scan(bytes, Math.min(length, FastCdc.MAX), FastCdc.MASK_ABOVE_NORMAL);
    }
    if (cut < 0 && seen == FastCdc.MAX) {
      cut = FastCdc.MAX;
    }
    if (cut >= 0) {
      seen = 0;
      hash = 0;
    }
    return cut;
  }

  /** The plain loop with everything in locals: measured faster than unrolled or wider forms. */
  private int scan(byte[] bytes, int end, long mask) {
    final long[] g = gear;
    int i = seen;
    long h = hash;
    while (i < end) {
      h = (h << 1) + g[bytes[i++] & 0xff];
      if ((h & mask) == 0) {
        return i;
      }
    }
    seen = i;
    hash = h;
    return -1;
  }
}
