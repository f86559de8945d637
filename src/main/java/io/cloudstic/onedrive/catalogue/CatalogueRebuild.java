package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.restic.Id;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills an empty catalogue from the nodes of a snapshot, which carry the ids and facts of their
 * items: depth first, as its trees are read. Nothing of this is committed before the next snapshot
 * is. Not thread-safe.
 */
public final class CatalogueRebuild {
  private final Catalogue catalogue;
  private final DriveIds ids;
  private final Id snapshot;
  private final Lineage lineage;
  private final boolean shortened;
  private final Deque<String> folders = new ArrayDeque<>();
  private final Deque<DriveIds> drives = new ArrayDeque<>();
  private final Map<String, String> shortcuts = new HashMap<>();
  private long files;
  private long folderCount;
  private long bytes;
  private boolean everyNodeKnown = true;

  /**
   * Begins; what the catalogue held is forgotten.
   *
   * @param lineage of the snapshot, or null when it was dropped: then no feed can be continued
   */
  public CatalogueRebuild(Catalogue catalogue, DriveIds ids, Id snapshot, Lineage lineage) {
    this(catalogue, ids, snapshot, lineage, false);
  }

  /**
   * The same for a snapshot that may hold less than its items had.
   *
   * @param shortened whether files may have lost blobs without their facts telling so: then only
   *     hash and size count when they are compared, for the size is that of what is left
   */
  public CatalogueRebuild(
      Catalogue catalogue, DriveIds ids, Id snapshot, Lineage lineage, boolean shortened) {
    this.shortened = shortened;
    this.catalogue = catalogue;
    this.ids = ids;
    this.snapshot = snapshot;
    // The lineage of another drive says nothing of this one.
    this.lineage = lineage != null && ids.isThisDrive(lineage.driveId()) ? lineage : null;
    catalogue.clear();
    folders.push(scopeKey());
    drives.push(ids);
    if (this.lineage != null) {
      for (Shortcuts.Shortcut shortcut : this.lineage.shortcuts()) {
        shortcuts.put(shortcut.key(), shortcut.drive());
        catalogue.shortcuts().put(shortcut);
      }
    }
  }

  /**
   * A directory node begins.
   *
   * @param modified the node's time, or null
   * @param facts null when the node carries none: what is below it is then skipped
   */
  public void enterFolder(String name, Instant modified, ItemFacts facts) {
    if (facts == null || folders.peek().isEmpty()) {
      everyNodeKnown = false;
      folders.push("");
      drives.push(drives.peek());
      return;
    }
    String key = key(facts);
    write(key, name, ItemKind.FOLDER, modified, facts, null);
    folders.push(key);
    drives.push(shortcuts.containsKey(key) ? DriveIds.ofId(shortcuts.get(key)) : drives.peek());
    folderCount++;
  }

  /** Behind a shortcut the items are those of another drive. */
  private String key(ItemFacts facts) {
    DriveIds own = drives.peek();
    return own == ids ? ids.key(facts.id()) : Shortcuts.remoteKey(own.drive(), own.key(facts.id()));
  }

  /** The directory entered last ends. */
  public void leaveFolder() {
    folders.pop();
    drives.pop();
  }

  /**
   * A file node.
   *
   * @param modified the node's time, or null
   * @param length the node's size
   * @param blobs its content
   * @param facts null when the node carries none: it is then skipped
   */
  public void file(String name, Instant modified, long length, List<Id> blobs, ItemFacts facts) {
    if (facts == null || folders.peek().isEmpty()) {
      everyNodeKnown = false;
      return;
    }
    String key = key(facts);
    Mark mark = facts.mark() == null ? Mark.UNCHECKED : facts.mark();
    long size = facts.size() >= 0 ? facts.size() : length;
    ContentFacts content =
        shortened
            ? new ContentFacts(size, modified, null, null, facts.hashes())
            : new ContentFacts(size, modified, facts.eTag(), facts.cTag(), facts.hashes());
    write(
        key, name, ItemKind.FILE, modified, facts, new StoredContent(blobs, length, mark, content));
    if (facts.stale()) {
      catalogue.items().setStale(key);
    }
    files++;
    bytes += length;
  }

  /** Ends: the catalogue now tells the state of the snapshot as far as its nodes tell it. */
  public void finish() {
    boolean complete = everyNodeKnown && lineage != null && lineage.complete();
    catalogue.setLastStatistics(new Statistics(0, 0, files, 0, 0, 0, folderCount, 0, bytes, 0));
    if (lineage == null) {
      catalogue.setState(stateWithout(snapshot.hex()));
      return;
    }
    for (LedgerEntry entry : lineage.ledger()) {
      catalogue.failures().restore(ids.key(entry.itemId()), entry);
    }
    if (complete && lineage.rootId() != null) {
      writeRoot();
    }
    catalogue.setState(
        new CatalogueState(
            snapshot.hex(),
            lineage.accountId(),
            ids.drive(),
            ids.key(lineage.rootId()),
            lineage.rootId(),
            ids.key(lineage.scopeId()),
            lineage.scopeId(),
            // What the rules kept out is in no node: the feed can be continued only without rules.
            complete ? lineage.deltaLink() : null,
            lineage.query(),
            lineage.rules(),
            lineage.lastFull(),
            complete));
  }

  private String scopeKey() {
    if (lineage == null || lineage.scopeId() == null) {
      // Any text that is no id: the enumeration that follows places every item anew.
      return "scope of the rebuilt snapshot";
    }
    return ids.key(lineage.scopeId());
  }

  private void writeRoot() {
    ItemFacts none =
        new ItemFacts(
            lineage.rootId(),
            null,
            null,
            null,
            io.cloudstic.onedrive.Hashes.NONE,
            -1,
            null,
            null,
            null,
            null,
            false);
    String key = ids.key(lineage.rootId());
    catalogue.items().write(item(key, null, "root", ItemKind.ROOT, null, none, null, false));
  }

  private void write(
      String key,
      String name,
      ItemKind kind,
      Instant modified,
      ItemFacts facts,
      StoredContent content) {
    catalogue.items().write(item(key, folders.peek(), name, kind, modified, facts, content, true));
  }

  private static CataloguedItem item(
      String key,
      String parent,
      String name,
      ItemKind kind,
      Instant modified,
      ItemFacts facts,
      StoredContent content,
      boolean inParent) {
    String given = facts.givenName() == null ? name : facts.givenName();
    String own = NodeName.of(given, key);
    return new CataloguedItem(
        key,
        facts.id(),
        parent,
        own,
        own.equals(given) ? null : given,
        kind,
        content != null
            ? content.facts()
            : new ContentFacts(-1, modified, facts.eTag(), null, facts.hashes()),
        facts.created(),
        facts.mimeType(),
        facts.modifiedBy(),
        false,
        false,
        true,
        inParent,
        false,
        content,
        false);
  }

  private static CatalogueState stateWithout(String snapshot) {
    return new CatalogueState(
        snapshot, null, null, null, null, null, null, null, null, null, null, false);
  }
}
