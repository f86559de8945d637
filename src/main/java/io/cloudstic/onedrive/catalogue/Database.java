package io.cloudstic.onedrive.catalogue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite connection and its prepared statements. Results are read to their end before a method
 * returns, so that reading never overlaps with writing; callers bound them with {@code LIMIT}.
 * Thread-safe.
 */
final class Database implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private boolean damaged;

  Database(Connection connection) {
    this.connection = connection;
  }

  /** Turns one row into a value. */
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** Runs statements that take no arguments, such as those that make tables. */
  synchronized void script(String... statements) {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Runs a change and returns how many rows it touched. */
  synchronized int run(String sql, Object... arguments) {
    try {
      return bound(sql, arguments).executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** All rows of a query. */
  synchronized <T> List<T> list(Row<T> reader, String sql, Object... arguments) {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      List<T> result = new ArrayList<>();
      while (rows.next()) {
        result.add(reader.read(rows));
      }
      return result;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The first row of a query, or null. */
  synchronized <T> T one(Row<T> reader, String sql, Object... arguments) {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? reader.read(rows) : null;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The number that a query gives. */
  long number(String sql, Object... arguments) {
    Long number = one(row -> row.getLong(1), sql, arguments);
    return number == null ? 0 : number;
  }

  synchronized void transactional() {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  synchronized void commit() {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Whether SQLite found the file to be none of its own. */
  synchronized boolean damaged() {
    return damaged;
  }

  @Override
  public synchronized void close() {
    try {
      for (PreparedStatement statement : prepared.values()) {
        statement.close();
      }
      prepared.clear();
      if (!connection.isClosed() && !connection.getAutoCommit()) {
        connection.rollback();
      }
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int index, Object argument)
      throws SQLException {
    if (argument == null) {
      statement.setNull(index, java.sql.Types.NULL);
    } else if (argument instanceof String text) {
      statement.setString(index, text);
    } else if (argument instanceof Boolean flag) {
      statement.setInt(index, flag ? 1 : 0);
    } else if (argument instanceof Integer number) {
      statement.setInt(index, number);
    } else if (argument instanceof Long number) {
      statement.setLong(index, number);
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(index, bytes);
    } else {
      throw new IllegalArgumentException("no column holds a " + argument.getClass());
    }
  }

  private CatalogueException failed(SQLException e) {
    if (e instanceof SQLiteException sqlite) {
      SQLiteErrorCode code = sqlite.getResultCode();
      damaged |= code == SQLiteErrorCode.SQLITE_CORRUPT || code == SQLiteErrorCode.SQLITE_NOTADB;
    }
    return new CatalogueException("the catalogue cannot be used: " + e.getMessage(), e);
  }
}
