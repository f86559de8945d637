package io.cloudstic.simulator.drive;

/** Which tombstones the deletion of a folder leaves in the feed. */
public enum Tombstones {
  /** One for the folder and one for each descendant: the usual case. */
  ALL,
  /** One for the folder alone. */
  TOP_ONLY,
  /** One for the folder and some of the descendants. */
  SOME,
  /** None: the service lost them. */
  NONE
}
