package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.wire.Effect.RetryAfter;
import java.time.Duration;

/**
 * How much a client may ask for; 0 is no limit.
 *
 * @param requests per user in each {@code window}
 * @param window of the requests
 * @param unitsPerMinute resource units per application and tenant
 * @param form how {@code Retry-After} is written
 */
public record Limits(int requests, Duration window, int unitsPerMinute, RetryAfter form) {
  /** Microsoft's published numbers for a tenant of up to a thousand licences. */
  public static final Limits DOCUMENTED =
      new Limits(3_000, Duration.ofMinutes(5), 1_250, RetryAfter.SECONDS);

  /** As much as one likes. */
  public static final Limits NONE = new Limits(0, Duration.ofMinutes(5), 0, RetryAfter.SECONDS);
}
