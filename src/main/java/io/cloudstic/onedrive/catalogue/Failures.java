package io.cloudstic.onedrive.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** The ledger: items that could not be read, kept until they are read or gone. */
public final class Failures {
  /** Longer paths are cut: the ledger is shown to people and carried in snapshots. */
  private static final int MAX_TEXT = 1000;

  static final String TABLE =
      "CREATE TABLE failure (key TEXT PRIMARY KEY, id TEXT NOT NULL, path TEXT, reason TEXT,"
          + " permanent INTEGER NOT NULL, attempts INTEGER NOT NULL, first TEXT,"
          + " tried INTEGER NOT NULL) WITHOUT ROWID";

  private final Database database;

  Failures(Database database) {
    this.database = database;
  }

  /**
   * An entry of the ledger.
   *
   * @param key the item's key
   * @param entry what is told of it
   * @param tried whether this run failed at it too
   */
  public record Failure(String key, LedgerEntry entry, boolean tried) {}

  /** All entries. */
  public Rows<Failure> all() {
    return new Rows<>(
        database,
        Failures::read,
        Failure::key,
        "SELECT key, id, path, reason, permanent, attempts, first, tried FROM failure"
            + " WHERE key > ? ORDER BY key LIMIT ?");
  }

  /** Whether the ledger is empty. */
  public boolean isEmpty() {
    return count() == 0;
  }

  /** How many entries there are. */
  public long count() {
    return database.number("SELECT count(*) FROM failure");
  }

  /** Records a failure of this run; a run counts as one attempt however often it tried. */
  public void failed(
      String key, String id, String path, String reason, boolean permanent, Instant now) {
    database.run(
        "INSERT INTO failure (key, id, path, reason, permanent, attempts, first, tried)"
            + " VALUES (?, ?, ?, ?, ?, 1, ?, 1) ON CONFLICT (key) DO UPDATE SET"
            + " path = coalesce(excluded.path, path), reason = excluded.reason,"
            + " permanent = excluded.permanent, attempts = attempts + 1 - tried, tried = 1",
        key,
        id,
        cut(path),
        cut(reason),
        permanent,
        Times.encode(now));
  }

  /** Takes an entry over from a snapshot. */
  void restore(String key, LedgerEntry entry) {
    database.run(
        "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
        key,
        entry.itemId(),
        cut(entry.path()),
        cut(entry.reason()),
        entry.permanent(),
        entry.attempts(),
        Times.encode(entry.firstFailed()));
  }

  /** Tells where an item of the ledger is. */
  public void place(String key, String path) {
    database.run("UPDATE failure SET path = ? WHERE key = ?", cut(path), key);
  }

  /** Forgets an entry. */
  public void remove(String key) {
    database.run("DELETE FROM failure WHERE key = ?", key);
  }

  void begin() {
    database.run("UPDATE failure SET tried = 0");
  }

  void clear() {
    database.run("DELETE FROM failure");
  }

  private static String cut(String text) {
    return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
  }

  private static Failure read(ResultSet row) throws SQLException {
    return new Failure(
        row.getString(1),
        new LedgerEntry(
            row.getString(2),
            row.getString(3),
            row.getString(4),
            row.getInt(5) != 0,
            row.getInt(6),
            Times.decode(row.getString(7))),
        row.getInt(8) != 0);
  }
}
