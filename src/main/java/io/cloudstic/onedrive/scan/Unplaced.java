package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.CataloguedItem;

/** The items that no chain of parents leads to from the root: orphans, and circles of folders. */
final class Unplaced {
  private final ScanContext scan;

  Unplaced(ScanContext scan) {
    this.scan = scan;
  }

  /** Reports them as left out, in every run until they have a place. */
  void report() {
    scan.catalogue.placement().update();
    for (String key : scan.catalogue.placement().unplaced()) {
      CataloguedItem item = scan.items.get(key);
      if (scan.state().wholeDrive() || hasKnownParent(item) || item.parent().isEmpty()) {
        scan.report.leftOut(item.id(), item.name(), LeftOut.Reason.UNPLACED);
      }
      // Else it is outside of what was listed, where an unknown parent is nothing remarkable.
    }
  }

  /** Whether its parent is known, wherever that may be. */
  boolean hasKnownParent(CataloguedItem item) {
    return item.parent() != null
        && !item.parent().isEmpty()
        && scan.items.link(item.parent()) != null;
  }
}
