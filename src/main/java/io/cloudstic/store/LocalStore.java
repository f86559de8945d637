package io.cloudstic.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A directory of a local or mounted file system, laid out as restic's local backend does it.
 *
 * <p>An object is written under a temporary name beside its own, flushed, made read-only, renamed,
 * and its directory is flushed too: whatever the moment of a crash, the object is there whole or
 * not at all. Directories are 0700 and files 0400, with the group's bits when the repository's
 * {@code config} is readable by the group. Missing directories are made when something is written;
 * until then a missing root is an empty store. The root may be a symbolic link. Thread-safe, also
 * against other processes.
 */
public final class LocalStore implements ObjectStore {
  private final Path root;
  private final RandomGenerator random;
  private final ExclusiveName exclusive;
  private volatile LocalModes modes;

  /** The store in this directory, which need not exist yet. */
  public LocalStore(Path root) {
    this(root, new SecureRandom());
  }

  /** The store in this directory with a given source of temporary names, thread-safe. */
  public LocalStore(Path root, RandomGenerator random) {
    this(root, random, new ExclusiveName(root.toAbsolutePath()));
  }

  LocalStore(Path root, RandomGenerator random, ExclusiveName exclusive) {
    this.root = root.toAbsolutePath();
    this.random = random;
    this.exclusive = exclusive;
  }

  /** The directory, absolute. */
  public Path root() {
    return root;
  }

  @Override
  public void put(String key, byte[] data) {
    Path target = path(key);
    try {
      Path unfinished = writeBeside(target, data);
      try {
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      LocalFiles.flushDirectory(target.getParent());
    } catch (IOException e) {
      throw LocalFailures.of("cannot write", target, e);
    }
  }

  @Override
  public void create(String key, byte[] data) {
    Path target = path(key);
    try {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new ObjectExistsException(key, null);
      }
      Path unfinished = writeBeside(target, data);
      try {
        exclusive.give(unfinished, target);
      } finally {
        Files.deleteIfExists(unfinished);
      }
      LocalFiles.flushDirectory(target.getParent());
    } catch (FileAlreadyExistsException e) {
      throw new ObjectExistsException(key, e);
    } catch (IOException e) {
      throw LocalFailures.of("cannot write", target, e);
    }
  }

  @Override
  public byte[] get(String key) {
    Path path = path(key);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = file.size();
      if (size > Integer.MAX_VALUE - 8) {
        throw new IOException("larger than a byte array can be: " + size + " bytes");
      }
      byte[] data = new byte[(int) size];
      LocalFiles.read(file, 0, data.length, data);
      return data;
    } catch (NoSuchFileException e) {
      throw new ObjectNotFoundException(key, e);
    } catch (IOException e) {
      throw LocalFailures.of("cannot read", path, e);
    }
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    return range(key, offset, length, null);
  }

  @Override
  public void readRange(String key, long offset, int length, byte[] target) {
    range(key, offset, length, target);
  }

  private byte[] range(String key, long offset, int length, byte[] target) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("not a range: " + length + " bytes from " + offset);
    }
    Path path = path(key);
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      // Compared before memory is given: the range may come from a damaged index.
      if (offset > file.size() - length) {
        throw new IOException(
            "it ends after " + file.size() + " bytes, before " + offset + " + " + length);
      }
      byte[] data = target == null ? new byte[length] : target;
      LocalFiles.read(file, offset, length, data);
      return data;
    } catch (NoSuchFileException e) {
      throw new ObjectNotFoundException(key, e);
    } catch (IOException e) {
      throw LocalFailures.of("cannot read", path, e);
    }
  }

  @Override
  public OptionalLong size(String key) {
    Path path = path(key);
    try {
      BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
      return found.isRegularFile() ? OptionalLong.of(found.size()) : OptionalLong.empty();
    } catch (NoSuchFileException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw LocalFailures.of("cannot look at", path, e);
    }
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    List<ObjectInfo> page = page(prefix, "");
    while (!page.isEmpty()) {
      page.forEach(sink);
      page = page(prefix, page.get(page.size() - 1).key());
    }
  }

  /**
   * A part of a listing: the objects of one or more whole directories under {@code prefix}, which
   * follow the directory of the key {@code after} (empty: the first ones); empty at the end.
   */
  public List<ObjectInfo> page(String prefix, String after) {
    try {
      return LocalListing.page(root, Keys.checkPrefix(prefix), after);
    } catch (IOException e) {
      throw LocalFailures.of("cannot list", root.resolve(prefix), e);
    }
  }

  @Override
  public void delete(String key) {
    Path path = path(key);
    try {
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw LocalFailures.of("cannot delete", path, e);
    }
  }

  private Path path(String key) {
    return root.resolve(Keys.check(key));
  }

  private Path writeBeside(Path target, byte[] data) throws IOException {
    LocalModes granted = modes();
    byte[] suffix = new byte[8];
    random.nextBytes(suffix);
    Path unfinished =
        target.resolveSibling(
            target.getFileName() + Keys.UNFINISHED + HexFormat.of().formatHex(suffix));
    try {
      LocalFiles.write(unfinished, data, granted);
    } catch (NoSuchFileException e) {
      LocalFiles.makeDirectories(target.getParent(), granted);
      LocalFiles.write(unfinished, data, granted);
    }
    return unfinished;
  }

  private LocalModes modes() throws IOException {
    LocalModes known = modes;
    if (known == null) {
      known = LocalModes.like(root.resolve("config"), root);
      modes = known;
    }
    return known;
  }
}
