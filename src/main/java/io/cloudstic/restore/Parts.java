package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.NativeNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The unfinished files of one run, which has a mark: an empty file in the directory that it
 * restores into, locked until the run is over, however it ends. The name of a part says whose it
 * is. Parts of runs that are over are taken over, or removed; those of another run that is under
 * way, in the same directory or one above or below, are left alone. Thread-safe.
 */
final class Parts implements AutoCloseable {
  private static final String PREFIX = ".cloudstic-part-";
  private static final String MARK = "run-";
  private static final int HASH_DIGITS = 24;

  /** Each meets somebody who takes the new mark, not locked yet, for an old one. */
  private static final int ATTEMPTS = 10;

  /** Where the file system has no locks, a run is over when its mark is so much older than ours. */
  private static final Duration LONGEST_RUN = Duration.ofDays(1);

  /** Of this process: to open their marks and close them again would give their locks up. */
  private static final Set<String> UNDER_WAY = ConcurrentHashMap.newKeySet();

  private final Path mark;
  private final FileChannel lock;
  private final String run;
  private final Set<String> over = ConcurrentHashMap.newKeySet();

  /** Of snapshots that were made of what a restore has left; few. */
  private final Set<Path> spared = ConcurrentHashMap.newKeySet();

  private Parts(Path mark, FileChannel lock, String run) {
    this.mark = mark;
    this.lock = lock;
    this.run = run;
  }

  /** Begins a run in a directory that is known to be real. */
  static Parts in(Path directory) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Path mark = Files.createTempFile(directory, PREFIX + MARK, "");
      String run = runOf(mark);
      UNDER_WAY.add(run);
      FileChannel lock =
          FileChannel.open(mark, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      try {
        lock.tryLock();
      } catch (IOException e) {
        // The file system has no locks; the mark alone says that we are there.
      }
      if (Target.look(mark).isPresent()) {
        return new Parts(mark, lock, run);
      }
      UNDER_WAY.remove(run);
      lock.close();
    }
    throw new IOException("another restore into the directory removes what this one begins");
  }

  /** A run that makes no parts. */
  static Parts none() {
    return new Parts(null, null, "");
  }

  /** A file in the directory that is restored into; its name has letters. */
  Path mark() {
    return mark;
  }

  /** Where a file is made before it gets its name: in the same directory. */
  Path of(Path file) {
    return named(file, run);
  }

  /** The part of a file that another run has made. */
  static Path named(Path file, String run) {
    String hash = Id.hash(NativeNames.of(file).toBytes()).hex().substring(0, HASH_DIGITS);
    return file.resolveSibling(PREFIX + hash + "-" + run);
  }

  /** Whether a file has the name of one that never got its own. */
  static boolean isPart(Path file) {
    return file.getFileName().toString().startsWith(PREFIX) && !Target.isDirectory(file);
  }

  /** Tells of a file of the snapshot: it may have a part's name, and is none. */
  void spare(Path file) {
    if (file.getFileName().toString().startsWith(PREFIX)) {
      spared.add(file);
    }
  }

  /** Whether a part is of no use to anybody but us. */
  boolean mayRemove(Path part) throws IOException {
    return !part.equals(mark)
        && !spared.contains(part)
        && (runOf(part).equals(run) || isOver(part));
  }

  /**
   * Makes ours what runs that are over have left in a directory that is known to be real.
   *
   * @throws IOException when the directory cannot be read
   */
  void takeOver(Path directory) throws IOException {
    for (Path part : found(directory)) {
      String[] words = words(part);
      if (words[0].length() == HASH_DIGITS && words.length <= 2 && isOver(part)) {
        Path ours = part.resolveSibling(PREFIX + words[0] + "-" + run);
        try {
          if (Target.look(ours).isEmpty() || Files.size(ours) < Files.size(part)) {
            Files.move(part, ours, StandardCopyOption.REPLACE_EXISTING);
          }
        } catch (NoSuchFileException e) {
          // Another run was faster.
        }
      }
    }
  }

  /** Removes what is unfinished in a directory that is known to be real. */
  void removeFrom(Path directory) throws IOException {
    for (Path part : found(directory)) {
      if (mayRemove(part)) {
        Files.deleteIfExists(part);
      }
    }
  }

  /** Removes what runs that are over have left of one file. */
  void removeOld(Path file) throws IOException {
    String hash = words(of(file))[0];
    for (Path part : found(file.getParent())) {
      if (words(part)[0].equals(hash) && isOver(part)) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static List<Path> found(Path directory) throws IOException {
    List<Path> parts = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Parts::isPart)) {
      entries.forEach(parts::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return parts;
  }

  private static String[] words(Path part) {
    return part.getFileName().toString().substring(PREFIX.length()).split("-");
  }

  /** Parts of older versions of this program belong to no run, or to one without a mark. */
  private static String runOf(Path part) {
    String[] words = words(part);
    return words.length > 1 ? words[1] : "";
  }

  private boolean isOver(Path part) throws IOException {
    String whose = runOf(part);
    if (whose.equals(run) || UNDER_WAY.contains(whose)) {
      return false;
    }
    if (whose.isEmpty() || over.contains(whose)) {
      return true;
    }
    for (Path above = part.getParent(); above != null; above = above.getParent()) {
      Path itsMark = above.resolve(PREFIX + MARK + whose);
      Optional<BasicFileAttributes> found = Target.look(itsMark);
      if (found.isPresent() && found.get().isRegularFile() && isHeld(itsMark, found.get())) {
        return false;
      }
    }
    over.add(whose);
    return true;
  }

  private boolean isHeld(Path itsMark, BasicFileAttributes its) throws IOException {
    try (FileChannel channel =
            FileChannel.open(itsMark, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock taken = channel.tryLock()) {
      return taken == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      return mark == null
          || its.lastModifiedTime()
              .toInstant()
              .plus(LONGEST_RUN)
              .isAfter(Files.getLastModifiedTime(mark).toInstant());
    }
  }

  /** Ends the run: what it has left may be taken over. */
  @Override
  public void close() throws IOException {
    if (mark != null) {
      try {
        Files.deleteIfExists(mark);
      } finally {
        UNDER_WAY.remove(run);
        lock.close();
      }
    }
  }
}
