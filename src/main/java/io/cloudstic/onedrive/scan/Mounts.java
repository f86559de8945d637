package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.FolderStack;
import io.cloudstic.onedrive.catalogue.FolderStack.Folder;
import io.cloudstic.onedrive.catalogue.Shortcuts;
import io.cloudstic.onedrive.catalogue.Shortcuts.Shortcut;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows shortcuts into other drives: lists what is behind each, in every run, since a feed tells
 * of the shortcut only. A place is followed once, whatever leads there, so that circles end; what
 * leads into the own drive is not followed, its items being backed up where they are. A shortcut
 * behind which nothing can be read goes to the ledger, and what was known behind it stays.
 */
final class Mounts {

  /** Shortcuts followed in one run; people have a few, and each costs a call at least. */
  private static final int MOST = 1000;

  private final ScanContext scan;
  private final Intake intake;
  private final Shortcuts shortcuts;
  private final FolderStack stack;
  private final Set<String> done = new HashSet<>();
  private final Set<String> places = new HashSet<>();

  Mounts(ScanContext scan, Intake intake) {
    this.scan = scan;
    this.intake = intake;
    this.shortcuts = scan.catalogue.shortcuts();
    this.stack = scan.catalogue.folderStack();
  }

  /** Follows all shortcuts in the scope, and those that are found behind them. */
  void follow() {
    scan.catalogue.stage().clear();
    boolean found = true;
    while (found) {
      found = false;
      for (Shortcut shortcut : shortcuts.all()) {
        found |= done.size() < MOST && done.add(shortcut.key()) && follow(shortcut);
      }
    }
    scan.places.clear();
  }

  /** Whether the shortcut was one to follow. */
  private boolean follow(Shortcut shortcut) {
    CataloguedItem item = scan.items.get(shortcut.key());
    Place place = scan.places.of(item.parent(), item.name(), true);
    if (!place.isIn()) {
      return false;
    }
    DriveIds ids = DriveIds.ofId(shortcut.drive());
    String target = Shortcuts.remoteKey(ids.drive(), ids.key(shortcut.item()));
    if (scan.ids.isThisDrive(shortcut.drive())
        || scan.catalogue.stage().get(target) != null
        || !places.add(target)) {
      leaveOut(item, place, LeftOut.Reason.ELSEWHERE);
      return true;
    }
    DriveItem remote;
    try {
      remote = scan.graph.item(shortcut.drive(), shortcut.item());
    } catch (GraphException e) {
      lost(item, place, e);
      return true;
    }
    switch (remote.kind()) {
      case FOLDER, ROOT -> mount(shortcut, item, place, ids, remote);
      case FILE -> {
        scan.accept(entry(item, ItemKind.FILE, ContentFacts.of(remote), remote), true);
        intake.remember(item.key(), remote);
        scan.catalogue.failures().remove(item.key());
      }
      default -> leaveOut(item, place, LeftOut.Reason.PACKAGE);
    }
    return true;
  }

  private void leaveOut(CataloguedItem item, Place place, LeftOut.Reason reason) {
    scan.removed(scan.catalogue.removals().unfollow(item.key()));
    scan.catalogue.failures().remove(item.key());
    scan.report.leftOut(item.id(), place.path(), reason);
  }

  /** Access can be taken away any day; what was stored before is kept. */
  private void lost(CataloguedItem item, Place place, GraphException e) {
    if (e.status() == 401 || e.status() == 0) {
      throw e;
    }
    if (item.kind() == ItemKind.FILE) {
      scan.items.setStale(item.key());
    } else if (item.isFolder()) {
      scan.items.setListed(item.key(), false);
    }
    String reason = "behind the shortcut: " + e.getMessage();
    scan.failed(item.key(), item.id(), place.path(), reason, false);
    scan.catalogue.outcomes().inVain(item.key(), item.facts());
  }

  private void mount(
      Shortcut shortcut, CataloguedItem item, Place place, DriveIds ids, DriveItem remote) {
    if (item.kind() != ItemKind.FOLDER) {
      scan.accept(entry(item, ItemKind.FOLDER, item.facts(), null), true);
      scan.places.clear();
    }
    List<String> unread = new ArrayList<>();
    stack.clear();
    stack.push(new Folder(item.key(), remote.id(), -1));
    for (Folder folder = stack.pop(); folder != null; folder = stack.pop()) {
      try {
        list(shortcut.drive(), ids, folder);
        scan.items.setListed(folder.key(), true);
      } catch (GraphException e) {
        trouble(item, place, folder, e, unread);
      }
    }
    if (unread.isEmpty()) {
      scan.catalogue.failures().remove(item.key());
    }
    scan.removed(scan.catalogue.removals().removeUnseenBehind(item.key(), unread));
  }

  private void list(String drive, DriveIds ids, Folder folder) {
    FeedReader pages =
        FeedReader.ofListing(scan.environment, () -> scan.graph.children(drive, folder.id()));
    while (!pages.atEnd()) {
      for (DriveItem child : pages.next().items()) {
        if (child.id() != null && !child.deleted() && ids.isThisDrive(child.driveId())) {
          takeIn(child, ids, folder);
        }
      }
    }
  }

  private void takeIn(DriveItem child, DriveIds ids, Folder folder) {
    String key = Shortcuts.remoteKey(ids.drive(), ids.key(child.id()));
    FeedEntry before = scan.catalogue.stage().get(key);
    if (before != null && !before.parent().equals(folder.key())) {
      scan.report.leftOut(child.id(), path(child, folder), LeftOut.Reason.ELSEWHERE);
      return;
    }
    FeedEntry entry = FeedEntry.of(child, ids).keyed(key, folder.key());
    scan.catalogue.stage().put(entry);
    scan.accept(entry, true);
    if (entry.kind() == ItemKind.FILE) {
      intake.remember(key, child);
    } else if (entry.kind() == ItemKind.REMOTE) {
      scan.shortcut(key, child);
    } else if (entry.kind() == ItemKind.FOLDER
        && !entry.vault()
        && scan.places.ofFolder(key).isIn()) {
      stack.push(new Folder(key, child.id(), -1));
    }
  }

  private String path(DriveItem child, Folder folder) {
    String above = scan.places.ofFolder(folder.key()).path();
    return above == null || above.isEmpty() ? child.name() : above + "/" + child.name();
  }

  private void trouble(
      CataloguedItem mount, Place place, Folder folder, GraphException e, List<String> unread) {
    if (folder.key().equals(mount.key())) {
      unread.add(folder.key());
      lost(scan.items.get(mount.key()), place, e);
      return;
    }
    switch (FolderTrouble.of(e, false, true)) {
      case GONE -> scan.removed(scan.catalogue.removals().remove(folder.key()));
      case VAULT -> scan.items.setVault(folder.key());
      default -> {
        unread.add(folder.key());
        scan.items.setListed(folder.key(), false);
        String path = scan.places.ofFolder(folder.key()).path();
        scan.failed(folder.key(), folder.id(), path, e.getMessage(), false);
      }
    }
  }

  /** The shortcut as what it leads to, where it is and under its own name. */
  private static FeedEntry entry(
      CataloguedItem item, ItemKind kind, ContentFacts facts, DriveItem remote) {
    return new FeedEntry(
        item.key(),
        item.id(),
        item.parent(),
        item.givenName() == null ? item.name() : item.givenName(),
        kind,
        false,
        facts,
        remote == null ? item.created() : remote.created(),
        remote == null ? item.mimeType() : remote.mimeType(),
        remote == null ? item.modifiedBy() : remote.modifiedBy(),
        false,
        remote != null && remote.malware(),
        -1);
  }
}
