package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;

/** Which of the live items the parent snapshot has. */
public final class ParentSnapshot {
  private final Database database;

  ParentSnapshot(Database database) {
    this.database = database;
  }

  /** How many of its items are still there. */
  public long items() {
    return database.number("SELECT count(*) FROM item WHERE snap = 1");
  }

  /** How many of them are files. */
  public long files() {
    return database.number(
        "SELECT count(*) FROM item WHERE snap = 1 AND kind = " + ItemKind.FILE.ordinal());
  }

  /** How many of its files have other content by now, or none. */
  public long contentChanged() {
    return database.number("SELECT count(*) FROM item WHERE lacking = 1 AND snap = 1");
  }

  /** Records that it has an item. */
  void add(String key) {
    database.run("UPDATE item SET snap = 1 WHERE key = ?", key);
  }

  /** Records that it has none. */
  void clear() {
    database.run("UPDATE item SET snap = 0 WHERE snap <> 0");
  }

  /** Records that no item differs: another snapshot is the parent from now on. */
  void settle() {
    database.run("UPDATE item SET differs = 0 WHERE differs = 1");
  }
}
