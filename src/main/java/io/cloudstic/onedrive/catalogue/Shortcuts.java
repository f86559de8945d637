package io.cloudstic.onedrive.catalogue;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where the shortcuts of the drive lead. What is behind one is catalogued below it, under keys that
 * begin with the key of its drive and a slash, which no item of the own drive has. Changes count
 * once the catalogue is committed.
 */
public final class Shortcuts {
  static final String TABLE =
      "CREATE TABLE shortcut (key TEXT PRIMARY KEY, drive TEXT NOT NULL, item TEXT NOT NULL)"
          + " WITHOUT ROWID";

  private final Database database;

  Shortcuts(Database database) {
    this.database = database;
  }

  /**
   * A pointer into another drive.
   *
   * @param key of the shortcut itself
   * @param drive id of the drive that it leads to, as received
   * @param item id of the item there, as received
   */
  public record Shortcut(String key, String drive, String item) {}

  /** The key under which an item of another drive is catalogued. */
  public static String remoteKey(String driveKey, String itemKey) {
    return driveKey + "/" + itemKey;
  }

  /** Whether the key is of an item of another drive. */
  public static boolean isRemote(String key) {
    return key.indexOf('/') >= 0;
  }

  /** Records where a shortcut leads. */
  public void put(Shortcut shortcut) {
    database.run(
        "INSERT OR REPLACE INTO shortcut VALUES (?, ?, ?)",
        shortcut.key(),
        shortcut.drive(),
        shortcut.item());
  }

  /** Where it leads, or null when it is none. */
  public Shortcut get(String key) {
    return database.one(
        Shortcuts::read, "SELECT key, drive, item FROM shortcut WHERE key = ?", key);
  }

  /** Those that are in the drive. */
  public Rows<Shortcut> all() {
    return new Rows<>(
        database,
        Shortcuts::read,
        Shortcut::key,
        "SELECT key, drive, item FROM shortcut WHERE key > ? AND key IN (SELECT key FROM item)"
            + " ORDER BY key LIMIT ?");
  }

  private static Shortcut read(ResultSet row) throws SQLException {
    return new Shortcut(row.getString(1), row.getString(2), row.getString(3));
  }

  /** Whether there are any. */
  public boolean any() {
    return database.number("SELECT EXISTS (SELECT 1 FROM shortcut)") != 0;
  }

  void clear() {
    database.run("DELETE FROM shortcut");
  }

  /** Forgets those that are no longer in the drive, before a commit. */
  void tidy() {
    database.run("DELETE FROM shortcut WHERE key NOT IN (SELECT key FROM item)");
  }
}
