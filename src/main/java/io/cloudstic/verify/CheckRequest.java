package io.cloudstic.verify;

/**
 * What to check.
 *
 * @param readData whether every pack is read whole; otherwise trees are read, and of data it is
 *     only checked that it is there
 * @param threads how many packs at a time, at least 1
 */
public record CheckRequest(boolean readData, int threads) {
  private static final int USUAL_THREADS = 4;

  /** At least one thread is needed. */
  public CheckRequest {
    if (threads < 1) {
      throw new IllegalArgumentException("at least one thread is needed: " + threads);
    }
  }

  /** Index, packs by their sizes, snapshots and trees. */
  public static CheckRequest structure() {
    return new CheckRequest(false, USUAL_THREADS);
  }

  /** The same, and every byte of every pack. */
  public static CheckRequest everything() {
    return new CheckRequest(true, USUAL_THREADS);
  }
}
