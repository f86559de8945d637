package io.cloudstic.onedrive.catalogue;

import java.util.HashMap;
import java.util.Map;

/** What the catalogue keeps besides rows: a few texts by name, replaced all at once. */
final class Meta {
  static final String TABLE = "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID";

  private final Database database;

  Meta(Database database) {
    this.database = database;
  }

  Map<String, String> read() {
    Map<String, String> texts = new HashMap<>();
    database.list(
        row -> texts.put(row.getString(1), row.getString(2)), "SELECT name, value FROM meta");
    return texts;
  }

  void write(Map<String, String> texts) {
    database.run("DELETE FROM meta");
    texts.forEach((name, value) -> database.run("INSERT INTO meta VALUES (?, ?)", name, value));
  }
}
