package io.cloudstic.onedrive.auth;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.run.Sleeper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A lock that the operating system holds for a process and gives back when it dies. It is on a file
 * of its own, because the token file is replaced; that file stays, empty: were it removed, two
 * processes could lock two files of one name.
 */
final class TokenLock implements AutoCloseable {
  private final FileChannel channel;

  private TokenLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the lock, for a bounded time. */
  static TokenLock take(Path file, FileAttribute<?>[] attributes, Sleeper sleeper)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes);
    try {
      long looks = SignInLimits.LOCK_WAIT.dividedBy(SignInLimits.LOCK_POLL);
      for (long look = 0; look < looks; look++) {
        if (isTaken(channel)) {
          return new TokenLock(channel);
        }
        sleeper.sleep(SignInLimits.LOCK_POLL);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new CloudsticException(
        ExitCode.FAILED,
        "another process has been renewing the sign-in for "
            + SignInLimits.LOCK_WAIT.toMinutes()
            + " minutes and holds "
            + file,
        "look for another cloudstic that hangs, and run this again when it has ended",
        null);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
