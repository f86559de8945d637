package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;

/**
 * The folders that a walk has yet to list, the last found first, and those it has listed. Kept in
 * SQLite's temporary space, since a single folder may hold a hundred thousand others.
 */
public final class FolderStack {
  private final Database database;

  FolderStack(Database database) {
    this.database = database;
    database.script(
        "CREATE TEMP TABLE IF NOT EXISTS todo (seq INTEGER PRIMARY KEY, key TEXT NOT NULL,"
            + " id TEXT NOT NULL, children INTEGER NOT NULL)",
        "CREATE TEMP TABLE IF NOT EXISTS walked (key TEXT PRIMARY KEY) WITHOUT ROWID");
  }

  /**
   * A folder to list.
   *
   * @param key as it is compared
   * @param id as Graph knows it
   * @param childCount as Graph said, or -1
   */
  public record Folder(String key, String id, int childCount) {}

  /** Forgets everything. */
  public void clear() {
    database.run("DELETE FROM todo");
    database.run("DELETE FROM walked");
  }

  /** Puts a folder on top, unless it was listed already. */
  public void push(Folder folder) {
    if (!wasListed(folder.key())) {
      database.run(
          "INSERT INTO todo (key, id, children) VALUES (?, ?, ?)",
          folder.key(),
          folder.id(),
          folder.childCount());
    }
  }

  /** Takes the folder from the top, or null when there is none. */
  public Folder pop() {
    Folder folder =
        database.one(
            row -> new Folder(row.getString(1), row.getString(2), row.getInt(3)),
            "SELECT key, id, children FROM todo ORDER BY seq DESC LIMIT 1");
    if (folder != null) {
      database.run("DELETE FROM todo WHERE seq = (SELECT max(seq) FROM todo)");
    }
    return folder;
  }

  /** Records that all children of a folder were listed. */
  public void listed(String key) {
    database.run("INSERT OR IGNORE INTO walked VALUES (?)", key);
  }

  /** Whether all children of a folder were listed. */
  public boolean wasListed(String key) {
    return database.number("SELECT EXISTS (SELECT 1 FROM walked WHERE key = ?)", key) != 0;
  }

  /** Tells the catalogue of which folders the children are known. */
  public void settle() {
    database.run(
        "UPDATE item SET listed = key IN walked WHERE kind IN ("
            + ItemKind.ROOT.ordinal()
            + ", "
            + ItemKind.FOLDER.ordinal()
            + ") AND listed <> (key IN walked) AND instr(key, '/') = 0"
            + " AND key NOT IN (SELECT key FROM shortcut)");
  }
}
