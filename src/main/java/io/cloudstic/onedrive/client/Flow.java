package io.cloudstic.onedrive.client;

import java.time.Instant;

/**
 * How many calls may be in flight, found out from how the calls fare. Not thread-safe: the gate's
 * lock guards it.
 */
interface Flow {
  /** Calls in flight at most, at least 1. */
  int permits();

  /** A call was answered, neither by a throttle nor by a failure of the server. */
  void answered(Instant now, int inFlight);

  /** Bytes of an answer came. */
  void received(long bytes, Instant now);

  /** The server failed, or the connection to it. */
  void failed(Instant now);

  /** The service asks for less. */
  void throttled();
}
