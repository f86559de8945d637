package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.util.List;

/** The live items of the drive, by key. Changes count once the catalogue is committed. */
public final class Items {
  private static final ItemKind[] KINDS = ItemKind.values();

  private final Database database;

  Items(Database database) {
    this.database = database;
  }

  /** What an entry did to the catalogue. */
  public enum Effect {
    /** Nothing that anybody sees. */
    NONE,
    /** Other metadata, at the same place. */
    CHANGED,
    /** Another name, folder or kind. */
    MOVED,
    /** An item that was not known. */
    NEW
  }

  /** The item, or null. */
  public CataloguedItem get(String key) {
    return database.one(
        ItemTable::read, "SELECT " + ItemTable.COLUMNS + " FROM item WHERE key = ?", key);
  }

  /** Whether there are no items. */
  public boolean isEmpty() {
    return database.number("SELECT EXISTS (SELECT 1 FROM item)") == 0;
  }

  /** How many items there are. */
  public long size() {
    return database.number("SELECT count(*) FROM item");
  }

  /** The folder and name of an item, or null: all that a path needs. */
  public Link link(String key) {
    return database.one(
        row ->
            new Link(
                row.getString(1),
                NodeName.text(row.getBytes(2)),
                KINDS[row.getInt(3)],
                row.getInt(4) != 0),
        "SELECT parent, name, kind, vault FROM item WHERE key = ?",
        key);
  }

  /**
   * Takes what Graph says of a live item. Content that is still the same stays current, other
   * content becomes stale; what the entry leaves out stays as it was known.
   *
   * @param listed whether the children of a new folder are known
   */
  public Effect accept(FeedEntry entry, boolean listed) {
    CataloguedItem old = get(entry.key());
    CataloguedItem item = ItemUpdate.apply(old, entry, listed);
    if (old != null && item.equals(old)) {
      return Effect.NONE;
    }
    write(item);
    return ItemUpdate.effect(old, item);
  }

  /**
   * Records that this content was fetched, with what Graph said of it then. Content that was only
   * doubted and is the same again is no difference to the parent snapshot.
   *
   * @param asListed whether that was said by the listing, so that the item's facts, which are the
   *     listing's last word, are not older
   */
  void store(CataloguedItem item, StoredContent content, boolean asListed) {
    ContentFacts known = item.facts();
    ContentFacts said = content.facts();
    ContentFacts facts;
    if (!known.sameContent(said)) {
      facts = said.or(known.modified());
    } else {
      facts = asListed ? said.mergedWith(known) : known.mergedWith(said);
    }
    database.run(
        "UPDATE item SET facts = ?1, content = ?2, length = ?3, mark = ?4, content_facts = NULL,"
            + " lacking = 0, differs = differs OR content IS NOT ?2 OR mark IS NOT ?4"
            + " OR content_facts IS NOT facts WHERE key = ?5",
        facts.encode(),
        content.blobBytes(),
        content.length(),
        content.mark().ordinal(),
        item.key());
  }

  /** Records whether the children of a folder are known. */
  public void setListed(String key, boolean listed) {
    database.run("UPDATE item SET listed = ? WHERE key = ?", listed, key);
  }

  /** Records that the children of every folder are known. */
  public void setAllListed() {
    database.run("UPDATE item SET listed = 1 WHERE listed = 0");
  }

  /** Records that a folder turned out to be the Personal Vault. */
  public void setVault(String key) {
    database.run("UPDATE item SET vault = 1 WHERE key = ?", key);
  }

  /** Files whose current content is yet to be fetched. */
  public Rows<CataloguedItem> lacking() {
    return where("lacking = 1");
  }

  /** Files whose stored content is current but not what Graph announces. */
  public Rows<CataloguedItem> mismatched() {
    return where("lacking = 0 AND mark = " + Mark.MISMATCH.ordinal());
  }

  /** Folders whose children are not known. */
  public Rows<CataloguedItem> unlisted() {
    return where("listed = 0");
  }

  /** Items that are neither file nor folder, or closed. */
  public Rows<CataloguedItem> odd() {
    return where(ItemTable.ODD);
  }

  private Rows<CataloguedItem> where(String condition) {
    return new Rows<>(
        database,
        ItemTable::read,
        CataloguedItem::key,
        "SELECT "
            + ItemTable.COLUMNS
            + " FROM item WHERE "
            + condition
            + " AND key > ? ORDER BY key LIMIT ?");
  }

  /** Children of a folder by ascending bytes of their names, after this position. */
  List<CataloguedItem> childrenAfter(String folder, byte[] name, String key, int limit) {
    return database.list(
        ItemTable::read,
        "SELECT "
            + ItemTable.COLUMNS
            + " FROM item WHERE parent = ? AND (name, key) > (?, ?) ORDER BY name, key LIMIT ?",
        folder,
        name,
        key,
        limit);
  }

  /** The item with its content, however much there is of it. */
  CataloguedItem withContent(CataloguedItem item) {
    StoredContent content = item.content();
    if (content == null || content.blobs() != null) {
      return item;
    }
    byte[] blobs =
        database.one(row -> row.getBytes(1), "SELECT content FROM item WHERE key = ?", item.key());
    return item.withContent(
        new StoredContent(
            StoredContent.blobs(blobs), content.length(), content.mark(), content.facts()));
  }

  /** The child of a folder with exactly this name, or null. */
  public CataloguedItem child(String folder, String name) {
    return database.one(
        ItemTable::read,
        "SELECT "
            + ItemTable.COLUMNS
            + " FROM item WHERE parent = ? AND name = ? ORDER BY key LIMIT 1",
        folder,
        NodeName.bytes(name));
  }

  /** How many live items say that they are in this folder. */
  public long children(String folder) {
    return database.number("SELECT count(*) FROM item WHERE parent = ?", folder);
  }

  void clear() {
    database.run("DELETE FROM item");
  }

  /** Marks stored content as that of an earlier version. */
  public void setStale(String key) {
    database.run(
        "UPDATE item SET content_facts = facts, lacking = 1 WHERE key = ? AND content IS NOT NULL",
        key);
  }

  /** Forgets the content of a file, which is to be fetched again. */
  void forgetContent(String key) {
    database.run(
        "UPDATE item SET content = NULL, length = NULL, mark = NULL, content_facts = NULL,"
            + " lacking = 1, differs = 1 WHERE key = ?",
        key);
  }

  /** Files of which some content is stored, current or stale. */
  Rows<CataloguedItem> withAnyContent() {
    return where("content IS NOT NULL");
  }

  /** Files of which the present content is stored, and is not empty. */
  public Rows<CataloguedItem> stored() {
    return where("content IS NOT NULL AND lacking = 0 AND length > 0");
  }

  void write(CataloguedItem item) {
    ItemTable.write(database, item);
  }

  /**
   * Where an item hangs.
   *
   * @param parent key of its folder; null for the root
   * @param name of its node
   * @param kind what it is
   * @param vault whether it is the Personal Vault
   */
  public record Link(String parent, String name, ItemKind kind, boolean vault) {}
}
