package io.cloudstic.onedrive.catalogue;

/**
 * The items that this run asked for in vain, so that it asks no second time: with the facts they
 * had, since an item that changes meanwhile is another matter. Thread-safe; ends with the run.
 */
public final class Outcomes {
  private final Database database;

  Outcomes(Database database) {
    this.database = database;
    database.script(
        "CREATE TEMP TABLE vain (key TEXT PRIMARY KEY, facts TEXT NOT NULL) WITHOUT ROWID",
        "CREATE TEMP TABLE gone (key TEXT PRIMARY KEY) WITHOUT ROWID");
  }

  /** Records that an item of these facts has no content to be had. */
  public void inVain(String key, ContentFacts facts) {
    database.run("INSERT OR REPLACE INTO vain VALUES (?, ?)", key, facts.encode());
  }

  /** Whether content for an item of these facts was asked for in vain. */
  public boolean wasInVain(String key, ContentFacts facts) {
    String encoded =
        database.one(row -> row.getString(1), "SELECT facts FROM vain WHERE key = ?", key);
    if (encoded == null) {
      return false;
    }
    ContentFacts then = ContentFacts.decode(encoded);
    return then.equals(facts) || then.sameContent(facts);
  }

  /** Records that the item is gone, whatever the feed said. */
  public void gone(String key) {
    database.run("INSERT OR IGNORE INTO gone VALUES (?)", key);
  }

  /** Whether it was found to be gone. */
  public boolean isGone(String key) {
    return database.number("SELECT EXISTS (SELECT 1 FROM gone WHERE key = ?)", key) != 0;
  }
}
