package io.cloudstic.verify;

/**
 * What to check: structure always, that is index, packs by their sizes, snapshots and trees.
 *
 * @param data which packs are read whole, too; of other data it is only checked that it is there
 * @param threads how many packs at a time, at least 1
 */
public record CheckRequest(DataSubset data, int threads) {
  private static final int USUAL_THREADS = 4;

  /** At least one thread is needed. */
  public CheckRequest {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed: " + threads);
    }
  }

  /** Index, packs by their sizes, snapshots and trees. */
  public static CheckRequest structure() {
    return reading(DataSubset.NONE);
  }

  /** The same, and every byte of every pack. */
  public static CheckRequest everything() {
    return reading(DataSubset.ALL);
  }

  /** Structure, and every byte of some packs. */
  public static CheckRequest reading(DataSubset data) {
    return new CheckRequest(data, USUAL_THREADS);
  }
}
