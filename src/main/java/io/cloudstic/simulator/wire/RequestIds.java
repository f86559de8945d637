package io.cloudstic.simulator.wire;

import java.util.SplittableRandom;
import java.util.UUID;

/** The ids by which the service's support would find a request; the same for the same seed. */
public final class RequestIds {
  private final SplittableRandom random;

  /** Ids that follow from a seed. */
  public RequestIds(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The next one. Thread-safe. */
  public synchronized String next() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
