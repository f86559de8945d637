package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.Page;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.Shortcuts;

/**
 * Lists folders in the scope whose children no feed told: new ones, since a folder that is created
 * and moved, or copied, between two feeds comes without them (microsoft-graph-docs#4539); and those
 * that were excluded when they were found, and no longer are.
 */
final class Gaps {
  private final ScanContext scan;
  private final Intake intake;

  Gaps(ScanContext scan, Intake intake) {
    this.scan = scan;
    this.intake = intake;
  }

  /** Fills the gaps, and those that are found while doing so. */
  void fill() {
    boolean filled = true;
    while (filled) {
      filled = false;
      for (CataloguedItem folder : scan.items.unlisted()) {
        filled |= fill(folder);
      }
    }
  }

  private boolean fill(CataloguedItem folder) {
    boolean remote =
        Shortcuts.isRemote(folder.key()) || scan.catalogue.shortcuts().get(folder.key()) != null;
    if (remote || folder.vault() || !scan.places.ofFolder(folder.key()).isIn()) {
      return false;
    }
    if (isComplete(folder)) {
      scan.items.setListed(folder.key(), true);
      return true;
    }
    if (scan.catalogue.outcomes().wasInVain(folder.key(), folder.facts())) {
      return false;
    }
    for (int attempt = 0; !list(folder, attempt < scan.limits().restarts()); attempt++) {
      // Its link to a later page died: once more from the first.
    }
    return true;
  }

  /** Business accounts tell how many children there are; personal feeds always say none. */
  private boolean isComplete(CataloguedItem folder) {
    FeedEntry staged = scan.ids.personal() ? null : scan.catalogue.stage().get(folder.key());
    return staged != null
        && staged.childCount() >= 0
        && staged.childCount() == scan.items.children(folder.key());
  }

  /** Lists a folder, or finds out why not; false when it is to be listed anew. */
  private boolean list(CataloguedItem folder, boolean mayRepeat) {
    FeedReader pages =
        FeedReader.ofListing(
            scan.environment, () -> scan.graph.children(scan.driveId, folder.id()));
    try {
      while (!pages.atEnd()) {
        Page page = pages.next();
        for (DriveItem child : page.items()) {
          accept(child, folder.key());
        }
      }
      scan.items.setListed(folder.key(), true);
    } catch (GraphException e) {
      if (mayRepeat && FolderTrouble.isDeadLink(e) && !pages.atFirstPage()) {
        return false;
      }
      trouble(folder, e, pages.atFirstPage());
    }
    return true;
  }

  private void accept(DriveItem child, String folder) {
    if (child.id() == null || !scan.ids.isThisDrive(child.driveId())) {
      return;
    }
    FeedEntry entry = FeedEntry.of(child, scan.ids);
    // What the feed said of an item, it said for the whole of it: tombstones above all.
    boolean told = scan.catalogue.stage().get(entry.key()) != null;
    if (told || entry.deleted() || scan.isRoot(entry)) {
      return;
    }
    scan.shortcut(entry.key(), child);
    scan.accept(entry.parent() == null ? entry.in(folder) : entry, false);
    intake.remember(child);
  }

  private void trouble(CataloguedItem folder, GraphException e, boolean firstPage) {
    boolean root = folder.key().equals(scan.state().rootKey());
    switch (FolderTrouble.of(e, root, firstPage)) {
      case GONE -> scan.removed(scan.catalogue.removals().remove(folder.key()));
      case VAULT -> {
        scan.items.setVault(folder.key());
        scan.places.clear();
      }
      case UNREADABLE -> {
        scan.catalogue.outcomes().inVain(folder.key(), folder.facts());
        String path = scan.places.ofFolder(folder.key()).path();
        scan.failed(folder.key(), folder.id(), path, e.getMessage(), false);
      }
      default -> throw e;
    }
  }
}
