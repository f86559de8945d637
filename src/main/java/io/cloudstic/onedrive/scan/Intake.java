package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.StoredContent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes in what a listing brings: stages it, and hands out at once the files whose content is
 * surely wanted as far as is known, because their download URLs are fresh now. Files whose folder
 * is not known yet wait for it, and those that seem to have changed for the end of the listing.
 * Used by the scanning thread only.
 */
final class Intake {
  private final ScanContext scan;
  private final Wanted wanted;
  private final Deque<DriveFile> ready = new ArrayDeque<>();
  private final Map<String, DriveItem> postponed = new HashMap<>();
  private final Map<String, List<String>> waiting = new HashMap<>();
  private final boolean catalogueIsEmpty;
  private volatile long seen;
  private long news;
  private long foreign;

  Intake(ScanContext scan, Wanted wanted) {
    this.scan = scan;
    this.wanted = wanted;
    this.catalogueIsEmpty = scan.items.isEmpty();
  }

  /** Stages an item; returns its entry, or null for one that is not of this drive. */
  FeedEntry take(DriveItem item) {
    seen++;
    if (item.id() == null || item.id().isEmpty()) {
      return null;
    }
    if (item.kind() != ItemKind.ROOT && !scan.ids.isThisDrive(item.driveId())) {
      foreign++;
      return null;
    }
    FeedEntry entry = FeedEntry.of(item, scan.ids);
    FeedEntry before = scan.catalogue.stage().get(entry.key());
    news += before == null ? 1 : 0;
    if (scan.isRoot(entry)) {
      return takeRoot(entry);
    }
    scan.catalogue.stage().put(entry);
    if (entry.deleted()) {
      postponed.remove(entry.key());
    } else if (entry.kind() == ItemKind.FILE) {
      consider(item, entry, before);
    } else {
      scan.shortcut(entry.key(), item);
      scan.places.changed(entry.key());
      release(entry.key());
    }
    return entry;
  }

  /** Keeps the download URL of an item that is in the catalogue already. */
  void remember(DriveItem item) {
    remember(scan.ids.key(item.id()), item);
  }

  /** The same of an item that is catalogued under this key. */
  void remember(String key, DriveItem item) {
    if (item.kind() == ItemKind.FILE && item.downloadUrl() != null) {
      postpone(key, item);
    }
  }

  /** The next file that can be fetched, or null. */
  DriveFile poll() {
    return ready.poll();
  }

  /**
   * Hands out a file, unless it is being fetched, or was.
   *
   * @param current whether Graph reported the item in this run
   */
  boolean offer(DriveItem item, boolean current, String key, String path, ContentFacts facts) {
    if (!wanted.claim(key, facts)) {
      return false;
    }
    ready.add(new DriveFile(key, item, current, path, facts));
    return true;
  }

  /** The item with its download URL, if it was kept and is still the same content; else null. */
  DriveItem takePostponed(String key, ContentFacts facts) {
    DriveItem item = postponed.remove(key);
    return item != null && ContentFacts.of(item).sameContent(facts) ? item : null;
  }

  /** Items that the listing brought, each time they came. */
  long seen() {
    return seen;
  }

  /** Items that came for the first time since the stage was empty. */
  long news() {
    return news;
  }

  /** Items of other drives among them. */
  long foreign() {
    return foreign;
  }

  /** Forgets who waits for which folder: the feed is over, or begins anew. */
  void stopWaiting() {
    waiting.clear();
  }

  private FeedEntry takeRoot(FeedEntry entry) {
    if (entry.deleted()) {
      scan.report.warn("Graph reported the drive's root as deleted, which was ignored");
      return null;
    }
    FeedEntry root = entry.asRoot();
    scan.catalogue.stage().put(root);
    scan.places.changed(root.key());
    return root;
  }

  private void consider(DriveItem item, FeedEntry entry, FeedEntry before) {
    boolean repeated = before != null && !before.deleted() && before.facts().equals(entry.facts());
    if (repeated || entry.malware()) {
      return;
    }
    StoredContent stored = storedContent(entry.key());
    if (stored != null) {
      if (stored.facts().sameContent(entry.facts())) {
        postponed.remove(entry.key());
        return;
      }
      // A feed may bring an older state before the true one, and what has not changed is not to be
      // downloaded: wait for the last word, unless too many wait already.
      if (postpone(entry.key(), item)) {
        return;
      }
    }
    // Even where there are no rules its path has to be known: routes decide by it.
    String parent = entry.parent();
    Place place = scan.places.of(parent, item.name() == null ? "" : item.name(), false);
    if (place.isIn()) {
      offer(item, true, entry.key(), place.path(), entry.facts());
    } else if (place.status() == Place.Status.UNKNOWN && place.missing() != null) {
      if (postpone(entry.key(), item)) {
        waiting.computeIfAbsent(place.missing(), key -> new ArrayList<>()).add(entry.key());
      }
    }
  }

  private StoredContent storedContent(String key) {
    CataloguedItem known = catalogueIsEmpty ? null : scan.items.get(key);
    return known == null ? null : known.content();
  }

  private boolean postpone(String key, DriveItem item) {
    boolean room = postponed.size() < scan.limits().postponed() || postponed.containsKey(key);
    if (room) {
      postponed.put(key, item);
    }
    return room;
  }

  /** Considers again who waits for this folder, of which it is known by now where it is. */
  void release(String folder) {
    List<String> keys = waiting.remove(folder);
    if (keys == null) {
      return;
    }
    for (String key : keys) {
      DriveItem item = postponed.remove(key);
      if (item != null) {
        consider(item, FeedEntry.of(item, scan.ids), null);
      }
    }
  }
}
