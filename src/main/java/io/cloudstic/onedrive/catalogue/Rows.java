package io.cloudstic.onedrive.catalogue;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Rows of the catalogue in the order of their keys, read a few hundred at a time as a loop goes on.
 * The loop may change the catalogue meanwhile: rows that it has not come to are shown as they were
 * when their few hundred were read, or as they have become since.
 *
 * @param <T> what a row is read as
 */
public final class Rows<T> implements Iterable<T> {
  private static final int BATCH = 200;

  private final Database database;
  private final Database.Row<T> reader;
  private final Function<T, String> key;
  private final String sql;

  /**
   * The rows of a query.
   *
   * @param sql takes two arguments: the key that all are above, and how many they may be
   */
  Rows(Database database, Database.Row<T> reader, Function<T, String> key, String sql) {
    this.database = database;
    this.reader = reader;
    this.key = key;
    this.sql = sql;
  }

  /** Up to {@code limit} of them, from the first on. */
  public List<T> first(int limit) {
    return after("", limit);
  }

  private List<T> after(String last, int limit) {
    return database.list(reader, sql, last, limit);
  }

  @Override
  public Iterator<T> iterator() {
    return new Iterator<>() {
      private Iterator<T> batch = Collections.emptyIterator();
      private String last = "";

      @Override
      public boolean hasNext() {
        if (!batch.hasNext()) {
          batch = after(last, BATCH).iterator();
        }
        return batch.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no row after " + last);
        }
        T row = batch.next();
        last = key.apply(row);
        return row;
      }
    };
  }
}
