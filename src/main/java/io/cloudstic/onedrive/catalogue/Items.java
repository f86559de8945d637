package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** The live items of the drive, by key. Changes count once the catalogue is committed. */
public final class Items {
  /** Content of more blobs is read when it is needed: it would fill memory in listings. */
  private static final int INLINE_BYTES = 8192;

  private static final ItemKind[] KINDS = ItemKind.values();

  private static final String COLUMNS =
      "key, id, parent, name, given, kind, facts, created, mime, who, vault, malware, listed,"
          + " snap, differs, length, mark, content_facts, length(content),"
          + " CASE WHEN length(content) <= "
          + INLINE_BYTES
          + " THEN content END";

  private static final String ODD =
      "(vault = 1 OR kind NOT IN ("
          + ItemKind.ROOT.ordinal()
          + ", "
          + ItemKind.FOLDER.ordinal()
          + ", "
          + ItemKind.FILE.ordinal()
          + "))";

  static final List<String> TABLES =
      List.of(
          "CREATE TABLE item (key TEXT PRIMARY KEY, id TEXT, parent TEXT, name BLOB NOT NULL,"
              + " given BLOB, kind INTEGER NOT NULL, facts TEXT NOT NULL, created TEXT, mime TEXT,"
              + " who TEXT, vault INTEGER NOT NULL, malware INTEGER NOT NULL,"
              + " listed INTEGER NOT NULL, snap INTEGER NOT NULL, differs INTEGER NOT NULL,"
              + " lacking INTEGER NOT NULL, length INTEGER, mark INTEGER, content_facts TEXT,"
              + " content BLOB) WITHOUT ROWID",
          "CREATE INDEX item_child ON item (parent, name, key)",
          "CREATE INDEX item_lacking ON item (key) WHERE lacking = 1",
          "CREATE INDEX item_unlisted ON item (key) WHERE listed = 0",
          "CREATE INDEX item_differs ON item (key) WHERE differs = 1",
          "CREATE INDEX item_odd ON item (key) WHERE " + ODD);

  private static final String OWN = " AND instr(key, '/') = 0";

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
    return database.one(Items::read, "SELECT " + COLUMNS + " FROM item WHERE key = ?", key);
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

  /** The name that the node of this entry gets. */
  public static String nodeName(FeedEntry entry) {
    return NodeName.of(entry.given(), entry.key());
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
    return where(ODD);
  }

  private Rows<CataloguedItem> where(String condition) {
    return new Rows<>(
        database,
        Items::read,
        CataloguedItem::key,
        "SELECT "
            + COLUMNS
            + " FROM item WHERE "
            + condition
            + " AND key > ? ORDER BY key LIMIT ?");
  }

  /** Children of a folder by ascending bytes of their names, after this position. */
  List<CataloguedItem> childrenAfter(String folder, byte[] name, String key, int limit) {
    return database.list(
        Items::read,
        "SELECT "
            + COLUMNS
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
        Items::read,
        "SELECT " + COLUMNS + " FROM item WHERE parent = ? AND name = ? ORDER BY key LIMIT 1",
        folder,
        NodeName.bytes(name));
  }

  /** Removes an item with everything below it. Returns how many items went. */
  public int remove(String key) {
    return database.run(
        "WITH RECURSIVE dead(key) AS (VALUES (?) UNION"
            + " SELECT item.key FROM item JOIN dead ON item.parent = dead.key)"
            + " DELETE FROM item WHERE key IN dead",
        key);
  }

  /** Removes what the stage has tombstones for, with everything below by the final parents. */
  public int removeTombstoned() {
    return database.run(
        "WITH RECURSIVE dead(key) AS (SELECT key FROM stage WHERE deleted = 1 UNION"
            + " SELECT item.key FROM item JOIN dead ON item.parent = dead.key)"
            + " DELETE FROM item WHERE key IN dead AND kind <> "
            + ItemKind.ROOT.ordinal());
  }

  /**
   * Removes what a full enumeration did not bring, but keeps what is below folders that could not
   * be read this time.
   */
  public int removeUnseen(List<String> unreadFolders) {
    if (unreadFolders.isEmpty()) {
      return database.run(
              "DELETE FROM item WHERE key NOT IN (SELECT key FROM stage WHERE deleted = 0)" + OWN)
          + removeDetached();
    }
    unread(unreadFolders);
    return database.run(
            "WITH RECURSIVE kept(key) AS (SELECT key FROM unread UNION"
                + " SELECT item.key FROM item JOIN kept ON item.parent = kept.key)"
                + " DELETE FROM item WHERE key NOT IN (SELECT key FROM stage WHERE deleted = 0)"
                + " AND key NOT IN kept"
                + OWN)
        + removeDetached();
  }

  /** Removes what is catalogued behind shortcuts that are no longer there. */
  private int removeDetached() {
    return database.run(
        "WITH RECURSIVE live(key) AS (SELECT key FROM shortcut WHERE instr(key, '/') = 0"
            + " AND key IN (SELECT key FROM item) UNION"
            + " SELECT item.key FROM item JOIN live ON item.parent = live.key)"
            + " DELETE FROM item WHERE instr(key, '/') > 0 AND key NOT IN live");
  }

  private void unread(List<String> folders) {
    database.script("CREATE TEMP TABLE IF NOT EXISTS unread (key TEXT PRIMARY KEY)");
    database.run("DELETE FROM unread");
    for (String key : folders) {
      database.run("INSERT OR IGNORE INTO unread VALUES (?)", key);
    }
  }

  /**
   * Removes what is catalogued behind a shortcut and was not staged, but keeps what is below
   * folders that could not be read, and what is behind shortcuts that were found there.
   */
  public int removeUnseenBehind(String shortcut, List<String> unreadFolders) {
    unread(unreadFolders);
    return database.run(
        "WITH RECURSIVE below(key) AS (SELECT key FROM item WHERE parent = ? UNION"
            + " SELECT item.key FROM item JOIN below ON item.parent = below.key"
            + " WHERE below.key NOT IN (SELECT key FROM shortcut)),"
            + " kept(key) AS (SELECT key FROM unread UNION"
            + " SELECT item.key FROM item JOIN kept ON item.parent = kept.key)"
            + " DELETE FROM item WHERE key IN below AND key NOT IN (SELECT key FROM stage)"
            + " AND key NOT IN kept",
        shortcut);
  }

  /** Makes a followed shortcut a shortcut again. Returns how many items behind it went. */
  public int unfollow(String shortcut) {
    int gone =
        database.run(
            "WITH RECURSIVE below(key) AS (SELECT key FROM item WHERE parent = ? UNION"
                + " SELECT item.key FROM item JOIN below ON item.parent = below.key)"
                + " DELETE FROM item WHERE key IN below",
            shortcut);
    return gone
        + database.run(
            "UPDATE item SET kind = ?, listed = 1, lacking = 0, content = NULL, length = NULL,"
                + " mark = NULL, content_facts = NULL, snap = 0 WHERE key = ? AND kind <> ?",
            ItemKind.REMOTE.ordinal(),
            shortcut,
            ItemKind.REMOTE.ordinal());
  }

  /** Marks stored content as that of an earlier version. */
  public void setStale(String key) {
    markStale(key);
  }

  /**
   * Items with the name and folder of another one that is staged. Where both are staged, both: a
   * feed names an item that is deleted while it is read.
   */
  public List<String> namesakes(int limit) {
    return database.list(
        row -> row.getString(1),
        "SELECT DISTINCT b.key FROM stage s CROSS JOIN item a ON a.key = s.key"
            + " CROSS JOIN item b ON b.parent = a.parent AND b.name = a.name AND b.key <> a.key"
            + " WHERE s.deleted = 0 LIMIT ?",
        limit);
  }

  /** Items that no chain of parents leads to from the root. */
  public Rows<String> unplaced() {
    return new Rows<>(
        database,
        row -> row.getString(1),
        Function.identity(),
        "SELECT key FROM item WHERE key > ? AND kind <> "
            + ItemKind.ROOT.ordinal()
            + " AND (parent IS NULL OR parent NOT IN placed) ORDER BY key LIMIT ?");
  }

  /** Works out anew which folders a chain of parents leads to, for {@link #unplaced}. */
  public void placeFolders() {
    database.script("CREATE TEMP TABLE IF NOT EXISTS placed (key TEXT PRIMARY KEY) WITHOUT ROWID");
    database.script("CREATE TEMP TABLE IF NOT EXISTS holder (key TEXT PRIMARY KEY, parent TEXT)");
    database.script("CREATE INDEX IF NOT EXISTS temp.holder_parent ON holder (parent, key)");
    database.run("DELETE FROM placed");
    database.run("DELETE FROM holder");
    // Most items are files: the way down is quicker without them.
    database.run(
        "INSERT INTO holder SELECT key, parent FROM item WHERE kind NOT IN ("
            + ItemKind.ROOT.ordinal()
            + ", "
            + ItemKind.FILE.ordinal()
            + ", "
            + ItemKind.REMOTE.ordinal()
            + ")");
    database.run(
        "INSERT OR IGNORE INTO placed WITH RECURSIVE f(key) AS (SELECT key FROM item WHERE kind = "
            + ItemKind.ROOT.ordinal()
            + " UNION SELECT holder.key FROM holder JOIN f ON holder.parent = f.key)"
            + " SELECT key FROM f");
  }

  /** How many live items say that they are in this folder. */
  public long children(String folder) {
    return database.number("SELECT count(*) FROM item WHERE parent = ?", folder);
  }

  /** How many items the parent snapshot has, of those that are still there. */
  public long inParent() {
    return database.number("SELECT count(*) FROM item WHERE snap = 1");
  }

  /** How many of them are files. */
  public long filesInParent() {
    return database.number(
        "SELECT count(*) FROM item WHERE snap = 1 AND kind = " + ItemKind.FILE.ordinal());
  }

  /** How many files of the parent snapshot have other content by now, or none. */
  public long contentChanged() {
    return database.number("SELECT count(*) FROM item WHERE lacking = 1 AND snap = 1");
  }

  void clear() {
    database.run("DELETE FROM item");
  }

  void markStale(String key) {
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

  void setInParent(String key, boolean inParent) {
    database.run("UPDATE item SET snap = ? WHERE key = ?", inParent, key);
  }

  void setAllInParent(boolean inParent) {
    database.run("UPDATE item SET snap = ? WHERE snap <> ?", inParent, inParent);
  }

  void settle() {
    database.run("UPDATE item SET differs = 0 WHERE differs = 1");
  }

  void write(CataloguedItem item) {
    StoredContent content = item.content();
    // Content of many blobs may not be in memory: the column is left alone where there is a row.
    byte[] blobs = content == null || content.blobs() == null ? null : content.blobBytes();
    database.run(
        "INSERT INTO item (key, id, parent, name, given, kind, facts, created, mime, who, vault,"
            + " malware, listed, snap, differs, lacking, length, mark, content_facts, content)"
            + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            + " ON CONFLICT (key) DO UPDATE SET id = excluded.id, parent = excluded.parent,"
            + " name = excluded.name, given = excluded.given, kind = excluded.kind,"
            + " facts = excluded.facts, created = excluded.created, mime = excluded.mime,"
            + " who = excluded.who, vault = excluded.vault, malware = excluded.malware,"
            + " listed = excluded.listed, snap = excluded.snap, differs = excluded.differs,"
            + " lacking = excluded.lacking, length = excluded.length, mark = excluded.mark,"
            + " content_facts = excluded.content_facts,"
            + " content = CASE WHEN excluded.length IS NULL THEN NULL"
            + " ELSE coalesce(excluded.content, content) END",
        item.key(),
        item.id().equals(item.key()) ? null : item.id(),
        item.parent(),
        NodeName.bytes(item.name()),
        item.givenName() == null ? null : NodeName.bytes(item.givenName()),
        item.kind().ordinal(),
        item.facts().encode(),
        item.created() == null ? null : Times.encode(item.created()),
        item.mimeType(),
        item.modifiedBy(),
        item.vault(),
        item.malware(),
        item.listed(),
        item.inParent(),
        item.differs(),
        item.lacksContent(),
        content == null ? null : (Long) content.length(),
        content == null ? null : (Integer) content.mark().ordinal(),
        item.stale() ? content.facts().encode() : null,
        blobs);
  }

  private static CataloguedItem read(ResultSet row) throws SQLException {
    String key = row.getString(1);
    String id = row.getString(2);
    byte[] given = row.getBytes(5);
    ContentFacts facts = ContentFacts.decode(row.getString(7));
    ContentFacts staleFacts = ContentFacts.decode(row.getString(18));
    StoredContent content = null;
    row.getLong(19);
    if (!row.wasNull()) {
      byte[] blobs = row.getBytes(20);
      content =
          new StoredContent(
              blobs == null ? null : StoredContent.blobs(blobs),
              row.getLong(16),
              Mark.values()[row.getInt(17)],
              staleFacts == null ? facts : staleFacts);
    }
    return new CataloguedItem(
        key,
        Objects.requireNonNullElse(id, key),
        row.getString(3),
        NodeName.text(row.getBytes(4)),
        given == null ? null : NodeName.text(given),
        KINDS[row.getInt(6)],
        facts,
        Times.decode(row.getString(8)),
        row.getString(9),
        row.getString(10),
        row.getInt(11) != 0,
        row.getInt(12) != 0,
        row.getInt(13) != 0,
        row.getInt(14) != 0,
        row.getInt(15) != 0,
        content,
        staleFacts != null);
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
