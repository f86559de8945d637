package io.cloudstic.onedrive.catalogue;

import io.cloudstic.restic.Id;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What was fetched since the last commit, in a file of its own that is written as files finish: an
 * interrupted run loses its transaction, but not this. Whether the repository still has the blobs
 * of an earlier run is asked before they are used. Thread-safe.
 */
public final class Fetched {
  static final List<String> TABLES =
      List.of(
          "CREATE TABLE fetched (seq INTEGER PRIMARY KEY, key TEXT NOT NULL, asked TEXT NOT NULL,"
              + " got TEXT NOT NULL, length INTEGER NOT NULL, mark INTEGER NOT NULL,"
              + " content BLOB NOT NULL)",
          "CREATE INDEX fetched_key ON fetched (key)");

  private static final int BATCH = 500;

  private static final String COLUMNS = "seq, key, asked, got, length, mark, content";

  private final Database database;
  private volatile long lastOfEarlierRuns;
  private final Predicate<Id> known;

  Fetched(Database database, Predicate<Id> known) {
    this.database = database;
    this.known = known;
    this.lastOfEarlierRuns = last();
  }

  private long last() {
    return database.number("SELECT coalesce(max(seq), 0) FROM fetched");
  }

  /** What was kept so far counts as that of an earlier run: the repository may have lost it. */
  void doubtAll() {
    lastOfEarlierRuns = last();
  }

  /**
   * Content that was fetched.
   *
   * @param seq rises
   * @param key of the item
   * @param asked what Graph had said of the item when it was asked for
   * @param content what came, with what Graph said then
   */
  public record Fetch(long seq, String key, ContentFacts asked, StoredContent content) {
    /** Whether this is the content of an item of these facts. */
    public boolean answers(ContentFacts facts) {
      return asked.sameContent(facts) || asked.equals(facts) || content.facts().sameContent(facts);
    }
  }

  /** Keeps what was fetched; it survives a crash of the program from now on. */
  public void add(String key, ContentFacts asked, StoredContent content) {
    database.run(
        "INSERT INTO fetched (key, asked, got, length, mark, content) VALUES (?, ?, ?, ?, ?, ?)",
        key,
        asked.encode(),
        content.facts().encode(),
        content.length(),
        content.mark().ordinal(),
        content.blobBytes());
  }

  /** Usable content for an item of these facts, or null. */
  public Fetch find(String key, ContentFacts facts) {
    List<Fetch> candidates =
        database.list(
            Fetched::read,
            "SELECT " + COLUMNS + " FROM fetched WHERE key = ? ORDER BY seq DESC LIMIT 8",
            key);
    for (Fetch fetch : candidates) {
      if (fetch.answers(facts) && usable(fetch)) {
        return fetch;
      }
    }
    return null;
  }

  /**
   * The blobs of what earlier runs fetched that the repository does not know; some of them, when
   * there are more than this.
   */
  public Set<Id> unknownBlobs(int limit) {
    Set<Id> unknown = new HashSet<>();
    long seq = 0;
    while (seq < lastOfEarlierRuns && unknown.size() < limit) {
      List<Fetch> batch = after(seq, BATCH);
      if (batch.isEmpty()) {
        break;
      }
      for (Fetch fetch : batch) {
        seq = fetch.seq();
        fetch.content().blobs().stream()
            .filter(blob -> !known.test(blob))
            .limit(Math.max(0, limit - unknown.size()))
            .forEach(unknown::add);
      }
    }
    return unknown;
  }

  /** What came after this one, of this run or an earlier one. */
  List<Fetch> after(long seq, int limit) {
    return database.list(
        Fetched::read,
        "SELECT " + COLUMNS + " FROM fetched WHERE seq > ? ORDER BY seq LIMIT ?",
        seq,
        limit);
  }

  boolean usable(Fetch fetch) {
    return fetch.seq() > lastOfEarlierRuns || fetch.content().blobs().stream().allMatch(known);
  }

  void clear() {
    database.run("DELETE FROM fetched");
  }

  private static Fetch read(ResultSet row) throws SQLException {
    return new Fetch(
        row.getLong(1),
        row.getString(2),
        ContentFacts.decode(row.getString(3)),
        new StoredContent(
            StoredContent.blobs(row.getBytes(7)),
            row.getLong(5),
            Mark.values()[row.getInt(6)],
            ContentFacts.decode(row.getString(4))));
  }
}
