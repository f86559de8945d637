package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import java.util.List;
import java.util.function.Function;

/** Whether each item has a place of its own in the tree below the drive's root. */
public final class Placement {
  private final Database database;

  Placement(Database database) {
    this.database = database;
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

  /** Items that no chain of parents led to from the root when it was last {@link #update}d. */
  public Rows<String> unplaced() {
    return new Rows<>(
        database,
        row -> row.getString(1),
        Function.identity(),
        "SELECT key FROM item WHERE key > ? AND kind <> "
            + ItemKind.ROOT.ordinal()
            + " AND (parent IS NULL OR parent NOT IN placed) ORDER BY key LIMIT ?");
  }

  /** Works out anew which folders a chain of parents leads to. */
  public void update() {
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
}
