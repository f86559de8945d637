package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;

/**
 * The items of which no backup has the content: packages, shortcuts, albums, the Personal Vault.
 */
final class OddItems {
  private final ScanContext scan;

  OddItems(ScanContext scan) {
    this.scan = scan;
  }

  /** Reports them as left out, in every run. */
  void report() {
    for (CataloguedItem item : scan.items.odd()) {
      Place place = scan.places.of(item.parent(), item.name(), item.kind() == ItemKind.FOLDER);
      // Which shortcuts are not followed, and why, was reported when they were looked at.
      boolean told = item.kind() == ItemKind.REMOTE && scan.request.follow();
      if (place.isIn() && !told) {
        scan.report.leftOut(item.id(), place.path(), reason(item));
      }
    }
  }

  private static LeftOut.Reason reason(CataloguedItem item) {
    if (item.vault()) {
      return LeftOut.Reason.VAULT;
    }
    return switch (item.kind()) {
      case PACKAGE -> LeftOut.Reason.PACKAGE;
      case REMOTE -> LeftOut.Reason.SHORTCUT;
      case BUNDLE -> LeftOut.Reason.ALBUM;
      default -> LeftOut.Reason.UNKNOWN;
    };
  }
}
