package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.ParentSnapshot;

/**
 * Notices that nearly everything of the previous snapshot is gone or has other content: an accident
 * or ransomware is saved like any change, but not silently. Renames and moves are no such change.
 */
final class MassChange {
  /** Below this many, losing nearly all of them is nothing remarkable. */
  private static final long FEWEST = 10;

  /** From nine tenths on. */
  private static final long PERCENT = 90;

  private final ParentSnapshot parent;
  private final long before;
  private final long filesBefore;

  /** Counts what the previous snapshot has; made before anything of this run is applied. */
  MassChange(ParentSnapshot parent) {
    this.parent = parent;
    this.before = parent.items();
    this.filesBefore = parent.files();
  }

  /** What to say of it, before changed content is fetched; null when there is nothing to say. */
  String alarm() {
    if (before < FEWEST) {
      return null;
    }
    long gone = before - parent.items();
    long filesGone = filesBefore - parent.files();
    long changed = parent.contentChanged();
    boolean nearlyAllGone = isNearlyAll(gone, before);
    boolean nearlyAllChanged =
        filesBefore >= FEWEST && isNearlyAll(filesGone + changed, filesBefore);
    if (!nearlyAllGone && !nearlyAllChanged) {
      return null;
    }
    return "of "
        + filesBefore
        + " files in the previous snapshot, "
        + filesGone
        + " are gone and "
        + changed
        + " have other content: if that is not what you did, look into it before older"
        + " snapshots are removed";
  }

  private static boolean isNearlyAll(long part, long whole) {
    return part * 100 >= whole * PERCENT;
  }
}
