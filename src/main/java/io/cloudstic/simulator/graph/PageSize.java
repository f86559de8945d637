package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.Mix;

/** How many entries a page has: about as many as asked, never to be relied on. */
final class PageSize {
  /** What the service gives when nothing is asked. */
  static final int DEFAULT = 200;

  /** More is not given, whatever is asked. */
  static final int LARGEST = 1_000;

  private static final int SMALL = 10;

  private PageSize() {}

  /**
   * At least 1. Pages are as often larger as smaller, so that their number stays about the same.
   */
  static int at(int asked, FeedShape shape, long salt, int position) {
    if (shape.has(Quirk.SMALLEST_PAGES)) {
      return 1;
    }
    if (shape.has(Quirk.SMALL_PAGES)) {
      return SMALL;
    }
    if (shape.has(Quirk.LARGEST_PAGES)) {
      return Integer.MAX_VALUE / 2;
    }
    if (!Mix.chance(shape.raggedPages(), salt ^ 0x5A, position)) {
      return asked;
    }
    int spread = Math.max(1, asked / 2);
    return Math.max(1, asked - spread + Mix.below(2 * spread + 1, salt ^ 0x5B, position));
  }
}
