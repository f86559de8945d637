package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.util.List;

/**
 * The ways in which items leave the catalogue. Each returns how many went. Changes count once the
 * catalogue is committed.
 */
public final class Removals {
  /** Items of the own drive, not of those that shortcuts lead to. */
  private static final String OWN = " AND instr(key, '/') = 0";

  private final Database database;

  Removals(Database database) {
    this.database = database;
  }

  /** Removes an item with everything below it. */
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

  /** Makes a followed shortcut a shortcut again, and removes what is behind it. */
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

  /** Removes what turned out to be gone while it was fetched. */
  public int removeGone() {
    return database.run("DELETE FROM item WHERE key IN (SELECT key FROM gone)");
  }
}
