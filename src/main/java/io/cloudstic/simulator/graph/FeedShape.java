package io.cloudstic.simulator.graph;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How feeds and listings differ from what one would wish. Shares are from 0 to 1.
 *
 * @param shuffled whether entries come in no order; otherwise in the order of their creation
 * @param repeated share of items that come first in an older state, later in the true one
 * @param raggedPages share of pages that are smaller or larger than asked
 * @param emptyPages share of pages without items but with a next link
 * @param ancestors share of business pages of a full enumeration that repeat the folders above
 *     their items; those of an incremental feed always do
 * @param strayTombstones share of deleted items that a full enumeration mentions
 * @param functionLinks share of links in function form
 * @param missingUrls share of files whose entry has no download URL
 * @param listingRepeats share of pages of a children listing that repeat the last item before
 * @param parentPaths whether {@code parentReference.path} is there
 * @param quirks what is odd about every page
 */
public record FeedShape(
    boolean shuffled,
    double repeated,
    double raggedPages,
    double emptyPages,
    double ancestors,
    double strayTombstones,
    double functionLinks,
    double missingUrls,
    double listingRepeats,
    boolean parentPaths,
    Set<Quirk> quirks) {

  /** As the service is on an ordinary day. */
  public static final FeedShape LIFELIKE =
      new FeedShape(true, 0.02, 0.25, 0.02, 0.2, 0.1, 0.2, 0, 0.05, false, Set.of());

  /** As the service is on its worst days. */
  public static final FeedShape HOSTILE =
      new FeedShape(true, 0.5, 0.8, 0.3, 0.8, 1, 0.6, 0.2, 0.5, true, Set.of());

  /** The same, but odd in these ways as well. */
  public FeedShape with(Quirk... more) {
    Set<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(quirks);
    all.addAll(List.of(more));
    return new FeedShape(
        shuffled,
        repeated,
        raggedPages,
        emptyPages,
        ancestors,
        strayTombstones,
        functionLinks,
        missingUrls,
        listingRepeats,
        parentPaths,
        Set.copyOf(all));
  }

  boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }
}
