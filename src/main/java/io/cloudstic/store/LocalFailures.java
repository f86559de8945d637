package io.cloudstic.store;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.FileFault;
import io.cloudstic.failure.StoppedException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;

/**
 * Says what a file system's refusal means and what to do about it. The JDK has types for a few
 * reasons only; the others are told apart by the texts of strerror(3), which it passes on.
 */
final class LocalFailures {
  private static final List<String> UNSUPPORTED =
      List.of("Invalid argument", "not supported", "not implemented", "Not supported");

  private LocalFailures() {}

  /** What the user is told; {@code action} begins the sentence, such as "cannot write". */
  static CloudsticException of(String action, Path path, IOException e) {
    if (e instanceof ClosedByInterruptException) {
      return new StoppedException();
    }
    String reason = FileFault.reason(e);
    String message = action + " " + path + ": " + reason;
    return isRefusal(reason)
        ? new StoreDeniedException(message, advice(reason, path), e)
        : new StoreException(message, advice(reason, path), e);
  }

  private static boolean isRefusal(String reason) {
    return reason.equals(FileFault.DENIED)
        || reason.contains("not permitted")
        || reason.contains("Read-only file system");
  }

  /** Whether the file system does not know the call, rather than failing at it. */
  static boolean isUnsupported(IOException e) {
    String reason = FileFault.reason(e);
    return UNSUPPORTED.stream().anyMatch(reason::contains);
  }

  /** Whether the answer was EPERM, with which Linux says that a file system has no hard links. */
  static boolean isNotPermitted(IOException e) {
    return FileFault.reason(e).contains("Operation not permitted");
  }

  private static String advice(String reason, Path path) {
    if (reason.contains("No space left") || reason.contains("quota exceeded")) {
      return "free some space there and run the command again: what is stored already is kept";
    }
    if (reason.contains("Read-only file system")) {
      return "mount it writable, or choose another place with -store";
    }
    if (reason.equals(FileFault.DENIED) || reason.contains("not permitted")) {
      return "let this user read and write there, or run as the owner of the repository";
    }
    if (reason.contains("Not a directory") || reason.contains("in the way")) {
      return "a store needs a directory of its own: choose another place with -store";
    }
    if (reason.contains("Input/output error")) {
      return "the disk or its connection fails: look at the system's log";
    }
    return null;
  }
}
