package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/** How items lie in SQLite: their table, and a row of it as an item and back. */
final class ItemTable {
  /** Content of more blobs is read when it is needed: it would fill memory in listings. */
  private static final int INLINE_BYTES = 8192;

  private static final ItemKind[] KINDS = ItemKind.values();
  private static final Mark[] MARKS = Mark.values();

  /** Neither file nor folder, or closed. */
  static final String ODD =
      "(vault = 1 OR kind NOT IN ("
          + ItemKind.ROOT.ordinal()
          + ", "
          + ItemKind.FOLDER.ordinal()
          + ", "
          + ItemKind.FILE.ordinal()
          + "))";

  /** What {@link #read} reads. */
  static final String COLUMNS =
      "key, id, parent, name, given, kind, facts, created, mime, who, vault, malware, listed,"
          + " snap, differs, length, mark, content_facts, length(content),"
          + " CASE WHEN length(content) <= "
          + INLINE_BYTES
          + " THEN content END";

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

  private ItemTable() {}

  /** Writes an item, over the one of the same key. */
  static void write(Database database, CataloguedItem item) {
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

  /** The item of a row of {@link #COLUMNS}. */
  static CataloguedItem read(ResultSet row) throws SQLException {
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
              MARKS[row.getInt(17)],
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
}
