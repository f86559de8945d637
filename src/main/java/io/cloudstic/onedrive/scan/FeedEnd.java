package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.Items.Effect;
import java.util.List;

/**
 * Applies a staged feed to the catalogue, all at once: live entries first, so that parents are
 * final; then tombstones with everything below them by those parents; then, after a full
 * enumeration, whatever it did not bring.
 */
final class FeedEnd {
  private final ScanContext scan;
  private long added;
  private long changed;

  FeedEnd(ScanContext scan) {
    this.scan = scan;
  }

  /** Applies the changes of a feed that was continued. */
  void applyChanges() {
    boolean structural = applyEntries(false);
    int dead = scan.catalogue.removals().removeTombstoned();
    scan.removed(dead);
    settle(structural || dead > 0);
  }

  /**
   * Applies a full enumeration.
   *
   * @param unread folders that could not be listed: what was known below them stays
   * @return what of it was not known
   */
  Reconciled applyAll(List<String> unread) {
    boolean structural = applyEntries(true);
    int dead =
        scan.catalogue.removals().removeTombstoned()
            + scan.catalogue.removals().removeUnseen(unread);
    scan.removed(dead);
    settle(structural || dead > 0);
    return new Reconciled(added, changed, dead);
  }

  private boolean applyEntries(boolean listed) {
    boolean structural = false;
    for (FeedEntry entry : scan.catalogue.stage().all()) {
      if (!entry.deleted() && !scan.catalogue.outcomes().isGone(entry.key())) {
        Effect effect = scan.accept(entry, listed);
        structural |= effect == Effect.NEW || effect == Effect.MOVED;
        added += effect == Effect.NEW ? 1 : 0;
        changed += effect == Effect.MOVED || effect == Effect.CHANGED ? 1 : 0;
      }
    }
    return structural;
  }

  private void settle(boolean structural) {
    scan.setStaging(false);
    if (structural) {
      Confirmation confirmation = new Confirmation(scan);
      confirmation.namesakes();
      confirmation.unplaced();
    }
  }
}
