package io.cloudstic.simulator.graph;

/** What can be odd about every page of a feed or listing. */
public enum Quirk {
  /** Every item comes at least twice, first in an older state. */
  ALL_REPEATED,
  /** What lives comes as a tombstone first. */
  TOMBSTONE_FIRST,
  /** What is deleted comes as alive first. */
  LIVE_FIRST,
  /** The deepest items come first, the root last. */
  CHILDREN_FIRST,
  /** Every other page is empty. */
  EMPTY_PAGES,
  /** A page holds one item. */
  SMALLEST_PAGES,
  /** A page holds ten items. */
  SMALL_PAGES,
  /** A page holds everything. */
  LARGEST_PAGES,
  /** Facets, fields and annotations that nobody has documented. */
  UNKNOWN_FIELDS,
  /** Tombstones hold an id and the facet, nothing else. */
  BARE_TOMBSTONES,
  /** Tombstones hold times that are none, and a size and a parent that never were. */
  NONSENSE_TOMBSTONES,
  /** Tombstones of items that nobody ever saw. */
  UNKNOWN_TOMBSTONES
}
