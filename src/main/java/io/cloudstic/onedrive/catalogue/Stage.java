package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The entries of one feed until its end, the last one of each item. Tombstones stay what they are
 * until a later live entry. Lives in SQLite's temporary space and ends with the run.
 */
public final class Stage {
  private static final ItemKind[] KINDS = ItemKind.values();
  private static final String COLUMNS =
      "key, id, parent, given, kind, deleted, facts, created, mime, who, vault, malware, children";

  private final Database database;

  Stage(Database database) {
    this.database = database;
    database.script(
        "CREATE TEMP TABLE stage (key TEXT PRIMARY KEY, id TEXT, parent TEXT, given BLOB,"
            + " kind INTEGER, deleted INTEGER, facts TEXT, created TEXT, mime TEXT, who TEXT,"
            + " vault INTEGER, malware INTEGER, children INTEGER) WITHOUT ROWID");
  }

  /** Takes an entry, which replaces an earlier one of the same item. */
  public void put(FeedEntry entry) {
    database.run(
        "INSERT OR REPLACE INTO stage (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        entry.key(),
        entry.id(),
        entry.parent(),
        entry.given() == null ? null : NodeName.bytes(entry.given()),
        entry.kind().ordinal(),
        entry.deleted(),
        entry.facts().encode(),
        Times.encode(entry.created()),
        entry.mimeType(),
        entry.modifiedBy(),
        entry.vault(),
        entry.malware(),
        entry.childCount());
  }

  /** The entry of an item, or null. */
  public FeedEntry get(String key) {
    return database.one(Stage::entry, "SELECT " + COLUMNS + " FROM stage WHERE key = ?", key);
  }

  /** All entries. */
  public Rows<FeedEntry> all() {
    return new Rows<>(
        database,
        Stage::entry,
        FeedEntry::key,
        "SELECT " + COLUMNS + " FROM stage WHERE key > ? ORDER BY key LIMIT ?");
  }

  /** Forgets all entries. */
  public void clear() {
    database.run("DELETE FROM stage");
  }

  private static FeedEntry entry(ResultSet row) throws SQLException {
    byte[] given = row.getBytes(4);
    return new FeedEntry(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        given == null ? null : NodeName.text(given),
        KINDS[row.getInt(5)],
        row.getInt(6) != 0,
        ContentFacts.decode(row.getString(7)),
        Times.decode(row.getString(8)),
        row.getString(9),
        row.getString(10),
        row.getInt(11) != 0,
        row.getInt(12) != 0,
        row.getInt(13));
  }
}
