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

  /** Records whether it has an item. */
  void set(String key, boolean inParent) {
    database.run("UPDATE item SET snap = ? WHERE key = ?", inParent, key);
  }

  /** Records that it has every item, or none. */
  void setAll(boolean inParent) {
    database.run("UPDATE item SET snap = ? WHERE snap <> ?", inParent, inParent);
  }

  /** Records that no item differs: another snapshot is the parent from now on. */
  void settle() {
    database.run("UPDATE item SET differs = 0 WHERE differs = 1");
  }
}
