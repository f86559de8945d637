package io.cloudstic.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Gives a finished file a name that nobody else has: of many at once, in one or many processes, one
 * wins; after a crash the name belongs to a whole file or to none.
 *
 * <p>link(2) does exactly that. Where a file system has no hard links (FAT, some network shares)
 * the name is looked for and the file renamed while an advisory lock is held on one file of the
 * store, which stays there, empty, and is released by the system when its holder dies.
 */
class ExclusiveName {
  private static final String LOCK_FILE = "create" + Keys.UNFINISHED + "lock";

  /**
   * File locks exclude processes; this excludes the threads of this one, stores of one root too.
   */
  private static final Object THREADS = new Object();

  private final Path root;

  ExclusiveName(Path root) {
    this.root = root;
  }

  /**
   * Names the file {@code target} also or instead.
   *
   * @throws FileAlreadyExistsException when the name is taken
   */
  final void give(Path finished, Path target) throws IOException {
    try {
      link(finished, target);
    } catch (UnsupportedOperationException e) {
      renameUnderLock(finished, target);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      if (!LocalFailures.isUnsupported(e) && !LocalFailures.isNotPermitted(e)) {
        throw e;
      }
      renameUnderLock(finished, target);
    }
  }

  void link(Path finished, Path target) throws IOException {
    Files.createLink(target, finished);
  }

  private void renameUnderLock(Path finished, Path target) throws IOException {
    synchronized (THREADS) {
      try (FileChannel channel =
              FileChannel.open(
                  root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }
}
