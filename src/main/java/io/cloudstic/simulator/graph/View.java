package io.cloudstic.simulator.graph;

/** How true an entry of a feed is. Every entry but the last of an item may be an older state. */
enum View {
  /** As it is now. */
  TRUE,
  /** Under an older name, with older tags. */
  OLD_NAME,
  /** With an older content: other size, tags and hash. */
  OLD_CONTENT,
  /** In another folder. */
  OLD_PLACE,
  /** The reverse: a tombstone of what lives, or alive what is deleted. */
  REVERSED
}
