package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.Failures;
import io.cloudstic.onedrive.catalogue.Failures.Failure;
import io.cloudstic.onedrive.catalogue.LedgerEntry;
import io.cloudstic.onedrive.catalogue.Lineage;
import java.util.List;

/** The ledger as the next snapshot carries it. Used by the scanning thread only. */
final class Ledger {
  private final ScanContext scan;
  private final Failures failures;

  Ledger(ScanContext scan) {
    this.scan = scan;
    this.failures = scan.catalogue.failures();
  }

  /** The entries; the first ones, where there are too many for a snapshot. */
  List<LedgerEntry> entries() {
    return failures.all().first(Lineage.MAX_LEDGER).stream().map(Failure::entry).toList();
  }

  /**
   * Entries end when the item is gone, has left the snapshot, or could be read; those that stay
   * tell where it is now.
   */
  void tidy() {
    for (Failure failure : failures.all()) {
      String path = path(scan.items.get(failure.key()));
      if (path == null) {
        failures.remove(failure.key());
      } else if (!path.equals(failure.entry().path())) {
        // A file can fail before its folder is known, and what failed can be moved.
        failures.place(failure.key(), path);
      }
    }
  }

  /** Where an item is that still could not be read; null when it is gone, elsewhere or read. */
  private String path(CataloguedItem item) {
    if (item != null && item.kind() == ItemKind.REMOTE && scan.request.follow()) {
      Place place = scan.places.of(item.parent(), item.name(), true);
      return place.isIn() ? place.path() : null;
    }
    if (item == null || (item.isFolder() ? item.listed() : !item.lacksContent())) {
      return null;
    }
    Place place =
        item.isFolder()
            ? scan.places.ofFolder(item.key())
            : scan.places.of(item.parent(), item.name(), false);
    return place.isIn() ? place.path() : null;
  }
}
