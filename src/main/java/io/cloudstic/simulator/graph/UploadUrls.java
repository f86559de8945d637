package io.cloudstic.simulator.graph;

import java.time.Instant;

/** Opens upload sessions on the storage host. Thread-safe. */
public interface UploadUrls {
  /**
   * A session.
   *
   * @param url pre-authenticated: a secret
   * @param ends when it expires
   */
  record Opened(String url, Instant ends) {}

  /** Opens a session for one file. */
  Opened open(Placement placement);
}
