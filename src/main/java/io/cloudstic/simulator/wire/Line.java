package io.cloudstic.simulator.wire;

import java.time.Duration;

/**
 * How good the line is.
 *
 * @param latency from a request to the first byte of its answer
 * @param bytesPerSecond of one answer's body; 0 for no limit
 */
public record Line(Duration latency, long bytesPerSecond) {
  /** As good as this machine. */
  public static final Line IDEAL = new Line(Duration.ZERO, 0);
}
