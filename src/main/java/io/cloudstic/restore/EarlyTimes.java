package io.cloudstic.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Sets fractions of seconds before 1970, which Java cannot (see {@link Metadata}), by the program
 * {@code touch}. Such times are rare enough for a process each; where there is no {@code touch}
 * that knows fractions, the whole second stays.
 */
final class EarlyTimes {
  private static final int LONGEST_SECONDS = 5;

  private EarlyTimes() {}

  /** Whether Java would lose a part of this time. */
  static boolean isAffected(Instant time) {
    return time.getEpochSecond() < 0 && time.getNano() != 0;
  }

  /** Sets the time of modification, of a link itself and not of what it leads to. */
  static void setModified(Path path, Instant time) {
    try {
      Process touch =
          new ProcessBuilder("touch", "-c", "-h", "-m", "-d", time.toString(), "--", absolute(path))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!touch.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        touch.destroyForcibly();
      }
    } catch (IOException e) {
      // There is no touch here.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().toString();
  }
}
