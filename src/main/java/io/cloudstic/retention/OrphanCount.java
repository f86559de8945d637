package io.cloudstic.retention;

import java.time.Duration;

/**
 * How many packs no index lists.
 *
 * @param packs all of them
 * @param bytes their bytes
 * @param young those that are kept because they are younger than the grace time, or dated in the
 *     future
 * @param undated those that are kept because the store does not say when they were stored
 * @param keptBytes the bytes of those that are kept
 * @param grace how old they must be to be removed
 */
public record OrphanCount(
    int packs, long bytes, int young, int undated, long keptBytes, Duration grace) {

  /** Those that are removed. */
  public int removed() {
    return packs - kept();
  }

  /** The bytes of those that are removed. */
  public long removedBytes() {
    return bytes - keptBytes;
  }

  /** Those that are kept for whatever reason. */
  public int kept() {
    return young + undated;
  }
}
