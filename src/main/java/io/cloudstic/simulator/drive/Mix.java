package io.cloudstic.simulator.drive;

/**
 * Decisions that depend on a seed and a place, not on the order of the calls: the same request gets
 * the same answer again, whatever happened between. SplitMix64's finalizer (Steele, Lea and Flood,
 * 2014).
 */
public final class Mix {
  private Mix() {}

  /** 64 well-mixed bits of a seed and an index. */
  public static long mix(long seed, long index) {
    long z = seed + (index + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** A number from 0 to {@code bound - 1}. */
  public static int below(int bound, long seed, long index) {
    return (int) Long.remainderUnsigned(mix(seed, index), bound);
  }

  /** Whether an event of this probability (0 to 1) happens here. */
  public static boolean chance(double probability, long seed, long index) {
    return (mix(seed, index) >>> 11) * 0x1.0p-53 < probability;
  }
}
