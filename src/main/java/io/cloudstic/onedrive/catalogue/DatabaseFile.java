package io.cloudstic.onedrive.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Opens the SQLite files of a catalogue. One process has a file at a time; whoever finds it taken
 * works on a temporary one. A file that is damaged or of another version is thrown away.
 */
final class DatabaseFile implements AutoCloseable {
  /** Bytes "clst": tells our files from other SQLite files. */
  private static final int APPLICATION = 0x636c7374;

  /** Of the tables; a file of any other is thrown away. */
  private static final int VERSION = 2;

  /** KiB of pages that SQLite keeps in memory for a file. */
  private static final int CACHE_KIB = 24 * 1024;

  private final Path folder;
  private final String name;
  private final FileChannel lockFile;

  private DatabaseFile(Path folder, String name, FileChannel lockFile) {
    this.folder = folder;
    this.name = name;
    this.lockFile = lockFile;
  }

  /** Files of this name in this folder, or temporary ones for a null folder. */
  static DatabaseFile of(Path folder, String name) {
    if (folder == null) {
      return new DatabaseFile(null, name, null);
    }
    try {
      createPrivate(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel)) {
        return new DatabaseFile(folder, name, channel);
      }
      channel.close();
      return new DatabaseFile(null, name, null);
    } catch (IOException e) {
      throw new CatalogueException("the cache directory " + folder + " cannot be used: " + e, e);
    }
  }

  /** Whether what is written is gone after {@link #close}. */
  boolean temporary() {
    return folder == null;
  }

  /** Opens the part of the catalogue that is kept in a file of its own, making its tables. */
  Database open(String part, List<String> tables) {
    if (temporary()) {
      return made(connect("jdbc:sqlite:"), tables);
    }
    Path file = folder.resolve(name + "." + part);
    Database database = sound(file);
    if (database == null) {
      discard(part);
      return made(connect("jdbc:sqlite:" + file), tables);
    }
    return database;
  }

  /** Deletes the file of this part. */
  void discard(String part) {
    if (temporary()) {
      return;
    }
    for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
      try {
        Files.deleteIfExists(folder.resolve(name + "." + part + suffix));
      } catch (IOException e) {
        throw new CatalogueException("a damaged cache file cannot be deleted: " + e, e);
      }
    }
  }

  @Override
  public void close() {
    try {
      if (lockFile != null) {
        lockFile.close();
      }
    } catch (IOException e) {
      throw new CatalogueException("the cache's lock cannot be let go: " + e.getMessage(), e);
    }
  }

  /** The file as a database of ours, or null when it is none, damaged, or of another version. */
  private static Database sound(Path file) {
    if (!Files.exists(file)) {
      return null;
    }
    Database database = null;
    try {
      database = new Database(connect("jdbc:sqlite:" + file));
      tune(database);
      boolean ours =
          database.number("PRAGMA application_id") == APPLICATION
              && database.number("PRAGMA user_version") == VERSION
              && "ok".equals(database.one(row -> row.getString(1), "PRAGMA quick_check(1)"));
      if (ours) {
        return database;
      }
    } catch (CatalogueException unusable) {
      // It is only a cache: whatever is wrong with the file, a new one is made.
    }
    if (database != null) {
      try {
        database.close();
      } catch (CatalogueException stillUnusable) {
        // Likewise.
      }
    }
    return null;
  }

  private static Database made(Connection connection, List<String> tables) {
    Database database = new Database(connection);
    tune(database);
    database.script("PRAGMA application_id = " + APPLICATION, "PRAGMA user_version = " + VERSION);
    database.script(tables.toArray(String[]::new));
    return database;
  }

  /** A write-ahead log: commits cost no fsync, and a crash leaves the state of a commit. */
  private static void tune(Database database) {
    database.script(
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA cache_size = -" + CACHE_KIB,
        "PRAGMA temp_store = FILE");
  }

  private static Connection connect(String url) {
    // The driver would ask for the last row's number after each change, which nobody wants.
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false);
    try {
      return DriverManager.getConnection(url, config.toProperties());
    } catch (SQLException e) {
      throw new CatalogueException("the catalogue cannot be opened: " + e.getMessage(), e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException sameProcess) {
      return false;
    }
  }

  private static void createPrivate(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }
}
