package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import java.time.Duration;
import java.util.Set;

/**
 * How to prune.
 *
 * @param maxUnused what may stay unused
 * @param maxRepackBytes packs of at most so many bytes in all are repacked
 * @param repackSmall whether a pack is small, and so better merged, below four fifths of the usual
 *     size instead of below a twenty-fifth
 * @param repackCacheableOnly whether packs of data stay as they are, as long as anything of them is
 *     used
 * @param grace how old a pack that no index lists must be to be removed: a backup without a lock
 *     may be storing it; zero removes all of them at once
 * @param forgotten snapshots that count as forgotten already, for a dry run of both
 */
public record PruneRequest(
    MaxUnused maxUnused,
    long maxRepackBytes,
    boolean repackSmall,
    boolean repackCacheableOnly,
    Duration grace,
    Set<Id> forgotten) {
  /** Within a day even programs that take no locks have listed what they stored. */
  public static final Duration DEFAULT_GRACE = Duration.ofHours(24);

  /** As restic prunes unless told otherwise. */
  public static final PruneRequest DEFAULT =
      new PruneRequest(MaxUnused.DEFAULT, Long.MAX_VALUE, false, false, DEFAULT_GRACE, Set.of());

  /** Copies the set. */
  public PruneRequest {
    forgotten = Set.copyOf(forgotten);
  }

  /** The same, without these snapshots. */
  public PruneRequest without(Set<Id> snapshots) {
    return new PruneRequest(
        maxUnused, maxRepackBytes, repackSmall, repackCacheableOnly, grace, snapshots);
  }
}
