package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.Items;
import io.cloudstic.onedrive.catalogue.Items.Effect;
import java.util.List;

/**
 * Applies a staged feed to the catalogue, all at once: live entries first, so that parents are
 * final; then tombstones with everything below them by those parents; then, after a full
 * enumeration, whatever it did not bring.
 */
final class FeedEnd {
  private static final int BATCH = 500;

  /** Below this many items, losing nearly all of them is nothing remarkable. */
  private static final long MASS = 20;

  private final ScanContext scan;

  FeedEnd(ScanContext scan) {
    this.scan = scan;
  }

  /** Applies the changes of a feed that was continued. */
  void applyChanges() {
    long before = scan.items.inParent();
    boolean structural = applyEntries(false);
    int dead = scan.items.removeTombstoned();
    scan.removed(dead);
    settle(before, structural || dead > 0);
  }

  /**
   * Applies a full enumeration.
   *
   * @param unread folders that could not be listed: what was known below them stays
   */
  void applyAll(List<String> unread) {
    long before = scan.items.inParent();
    boolean structural = applyEntries(true);
    int dead = scan.items.removeTombstoned() + scan.items.removeUnseen(unread);
    scan.removed(dead);
    settle(before, structural || dead > 0);
  }

  private boolean applyEntries(boolean listed) {
    boolean structural = false;
    String key = "";
    for (List<FeedEntry> batch = scan.catalogue.stage().after(key, BATCH);
        !batch.isEmpty();
        batch = scan.catalogue.stage().after(key, BATCH)) {
      for (FeedEntry entry : batch) {
        key = entry.key();
        if (!entry.deleted() && !scan.catalogue.outcomes().isGone(key)) {
          Effect effect = scan.accept(entry, listed);
          structural |= effect == Effect.NEW || effect == Effect.MOVED;
        }
      }
    }
    return structural;
  }

  private void settle(long before, boolean structural) {
    scan.setStaging(false);
    if (structural) {
      Confirmation confirmation = new Confirmation(scan);
      confirmation.namesakes();
      confirmation.unplaced();
    }
    warnOfMassChange(before);
  }

  /** An accident or ransomware is saved like any change, but not silently. */
  private void warnOfMassChange(long before) {
    if (before < MASS || !scan.hasDiffered()) {
      return;
    }
    Items items = scan.items;
    long gone = before - items.inParent();
    long changed = items.contentChanged();
    if ((gone + changed) * 10 >= before * 9) {
      scan.report.warn(
          "of "
              + before
              + " items in the previous snapshot, "
              + gone
              + " are gone and "
              + changed
              + " have other content: if that is not what you did, look into it before older"
              + " snapshots are removed");
    }
  }
}
