package io.cloudstic.retention;

import io.cloudstic.restic.file.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The packs that no index lists. They may be what an interrupted run left, or what a backup is
 * storing in this moment; programs that take no locks, such as rustic, can be told from the dead
 * only by the time that has passed. So a pack stays until it is as old as the <em>grace time</em>,
 * and for good when its age is not known.
 */
final class OrphanPacks {
  private final Instant now;
  private final Duration grace;
  private final List<PrunePlan.Pack> removable = new ArrayList<>();
  private int found;
  private long foundBytes;
  private int young;
  private int undated;
  private long keptBytes;

  /**
   * None yet.
   *
   * @param now the present time by the store's clock
   * @param grace how old a pack must be to be removed; with zero all are, whatever their age
   */
  OrphanPacks(Instant now, Duration grace) {
    this.now = now;
    this.grace = grace;
  }

  void add(StoredFile pack) {
    found++;
    foundBytes += pack.size();
    if (grace.isZero() || isOld(pack.modified())) {
      removable.add(new PrunePlan.Pack(pack.id(), pack.size()));
      return;
    }
    keptBytes += pack.size();
    if (pack.modified() == null) {
      undated++;
    } else {
      young++;
    }
  }

  /** A time in the future says nothing about the age, and counts as young. */
  private boolean isOld(Instant modified) {
    return modified != null && Duration.between(modified, now).compareTo(grace) >= 0;
  }

  /** Those that nobody can be about to list any more. */
  List<PrunePlan.Pack> removable() {
    return removable;
  }

  /** How many there are. */
  OrphanCount count() {
    return new OrphanCount(found, foundBytes, young, undated, keptBytes, grace);
  }
}
