package io.cloudstic.onedrive.client;

import java.time.Instant;

/** Is told why nothing moves. Called on the waiting threads, one of them at a time or several. */
@FunctionalInterface
public interface GateWatcher {
  /** Cares for nothing. */
  GateWatcher NONE = (service, until) -> {};

  /** Nothing is sent to the service until then, because it asked us to wait. */
  void waiting(String service, Instant until);
}
