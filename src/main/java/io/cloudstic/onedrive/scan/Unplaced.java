package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.CataloguedItem;
import java.util.List;

/** The items that no chain of parents leads to from the root: orphans, and circles of folders. */
final class Unplaced {
  private static final int BATCH = 200;

  private final ScanContext scan;

  Unplaced(ScanContext scan) {
    this.scan = scan;
  }

  /** Reports them as left out, in every run until they have a place. */
  void report() {
    scan.items.placeFolders();
    String last = "";
    for (List<String> keys = scan.items.unplacedAfter(last, BATCH);
        !keys.isEmpty();
        keys = scan.items.unplacedAfter(last, BATCH)) {
      for (String key : keys) {
        last = key;
        CataloguedItem item = scan.items.get(key);
        if (scan.state().wholeDrive() || hasKnownParent(item) || item.parent().isEmpty()) {
          scan.report.leftOut(item.id(), item.name(), LeftOut.Reason.UNPLACED);
        }
        // Else it is outside of what was listed, where an unknown parent is nothing remarkable.
      }
    }
  }

  /** Whether its parent is known, wherever that may be. */
  boolean hasKnownParent(CataloguedItem item) {
    return item.parent() != null
        && !item.parent().isEmpty()
        && scan.items.link(item.parent()) != null;
  }
}
