package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.DriveQuery;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CatalogueState;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.Items;
import io.cloudstic.onedrive.catalogue.Items.Link;
import io.cloudstic.onedrive.catalogue.Shortcuts;
import io.cloudstic.onedrive.catalogue.Shortcuts.Shortcut;
import io.cloudstic.onedrive.rules.Rules;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What the parts of one scan share. Used by the scanning thread only. */
final class ScanContext {
  final ScanRequest request;
  final ScanEnvironment environment;
  final Graph graph;
  final Catalogue catalogue;
  final Items items;
  final DriveIds ids;
  final Rules rules;
  final Places places;
  final Report report = new Report();
  final String driveId;
  private final Map<String, String> remoteDrives = new HashMap<>();
  private boolean differs;
  private boolean staging = true;

  ScanContext(ScanRequest request, Catalogue catalogue, ScanEnvironment environment) {
    this.request = request;
    this.environment = environment;
    this.graph = environment.graph();
    this.catalogue = catalogue;
    this.items = catalogue.items();
    this.driveId = request.drive().id();
    this.ids = DriveIds.of(request.drive());
    this.rules = request.rules();
    this.places = new Places(rules, this::link);
    places.setScope(state().scopeKey());
  }

  ScanLimits limits() {
    return environment.limits();
  }

  CatalogueState state() {
    return catalogue.state();
  }

  /** Whether the entries of a feed are still to be applied, and say more than the catalogue. */
  void setStaging(boolean staging) {
    this.staging = staging;
    places.clear();
  }

  /** Records that the next snapshot differs from the parent. */
  void differs() {
    differs = true;
  }

  /** Whether anything was found that differs from the parent snapshot. */
  boolean hasDiffered() {
    return differs;
  }

  /** Records that items left the catalogue. */
  void removed(long count) {
    if (count > 0) {
      differs = true;
      places.clear();
    }
  }

  /** Puts an item that could not be read into the ledger. */
  void failed(String key, String id, String path, String reason, boolean permanent) {
    Instant now = environment.clock().instant();
    catalogue.failures().failed(key, id, path, reason, permanent, now);
  }

  /** Takes an entry into the catalogue and notes what that changes. */
  Items.Effect accept(FeedEntry entry, boolean listed) {
    Items.Effect effect = items.accept(isRoot(entry) ? entry.asRoot() : asFollowed(entry), listed);
    if (effect != Items.Effect.NONE) {
      differs = true;
    }
    if (effect == Items.Effect.MOVED) {
      places.clear();
    }
    return effect;
  }

  /** A followed shortcut stays what it leads to, which the feed does not tell. */
  private FeedEntry asFollowed(FeedEntry entry) {
    CataloguedItem known =
        request.follow() && entry.kind() == ItemKind.REMOTE ? items.get(entry.key()) : null;
    boolean followed =
        known != null && (known.kind() == ItemKind.FOLDER || known.kind() == ItemKind.FILE);
    return followed ? entry.leadingTo(known.kind(), known.facts()) : entry;
  }

  /** Records where a shortcut leads. */
  void shortcut(String key, DriveItem item) {
    if (item.remoteDriveId() != null && item.remoteItemId() != null) {
      catalogue.shortcuts().put(new Shortcut(key, item.remoteDriveId(), item.remoteItemId()));
    }
  }

  /** The drive that an item is asked of, as received: another one behind a shortcut. */
  String driveOf(String key) {
    Shortcut shortcut = catalogue.shortcuts().get(key);
    if (shortcut != null) {
      return shortcut.drive();
    }
    String prefix = Shortcuts.isRemote(key) ? key.substring(0, key.indexOf('/')) : null;
    return prefix == null ? driveId : remoteDrives.computeIfAbsent(prefix, this::remoteDrive);
  }

  private String remoteDrive(String driveKey) {
    for (Shortcut shortcut : catalogue.shortcuts().all()) {
      if (DriveIds.ofId(shortcut.drive()).drive().equals(driveKey)) {
        return shortcut.drive();
      }
    }
    return driveKey;
  }

  /** As Graph would report it, by the ids under which its content is asked for. */
  DriveItem toDriveItem(CataloguedItem item) {
    Shortcut shortcut = catalogue.shortcuts().get(item.key());
    return shortcut == null
        ? item.toDriveItem(driveOf(item.key()))
        : item.toDriveItem(shortcut.drive(), shortcut.item());
  }

  /** Asks for one item and takes it in; null when there is no such item any more. */
  DriveItem lookUp(String id) {
    try {
      DriveItem item = graph.item(driveId, id);
      if (!item.deleted()) {
        shortcut(ids.key(item.id()), item);
        accept(FeedEntry.of(item, ids), false);
        return item;
      }
    } catch (GraphException e) {
      if (e.status() != 404) {
        throw e;
      }
    }
    return null;
  }

  /** Asks for one item and takes it in, or removes it with all below when it is gone. */
  DriveItem confirm(String id, String key) {
    DriveItem item = lookUp(id);
    if (item == null) {
      removed(catalogue.removals().remove(key));
    }
    return item;
  }

  boolean isRoot(FeedEntry entry) {
    return entry.kind() == ItemKind.ROOT || entry.key().equals(state().rootKey());
  }

  /** Records what the drive's root is. */
  void setRoot(String key, String id) {
    CatalogueState known = state().withRoot(key, id);
    catalogue.setState(rules.scope().isEmpty() ? known.withScope(key, id) : known);
    places.setScope(state().scopeKey());
  }

  /** Records which folder is backed up. */
  void setScope(String key, String id) {
    catalogue.setState(state().withScope(key, id));
    places.setScope(key);
  }

  /** Records how the next feed begins. */
  void finished(String deltaLink, Instant lastFull, boolean wholeDrive) {
    CatalogueState s = state();
    catalogue.setState(
        new CatalogueState(
            s.snapshot(),
            request.account().id(),
            ids.drive(),
            s.rootKey(),
            s.rootId(),
            s.scopeKey(),
            s.scopeId(),
            deltaLink,
            DriveQuery.FINGERPRINT,
            rules.fingerprint(),
            lastFull,
            wholeDrive));
  }

  private Link link(String key) {
    FeedEntry staged = staging ? catalogue.stage().get(key) : null;
    if (staged == null || staged.deleted()) {
      // A tombstone may yet be followed by a live entry, and does not tell the place.
      return items.link(key);
    }
    boolean root = isRoot(staged);
    if (staged.given() == null || staged.parent() == null && !root) {
      return items.link(key);
    }
    return new Link(
        root ? null : staged.parent(),
        staged.nodeName(),
        root ? ItemKind.ROOT : staged.kind(),
        staged.vault());
  }
}
