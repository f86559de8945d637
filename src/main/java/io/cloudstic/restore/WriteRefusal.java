package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.auth.SignInRequiredException;
import io.cloudstic.restic.tree.TerminalText;

/**
 * Tells refusals that concern one item from those that concern the run: a sign-in that may not
 * write, a full drive, a service that cannot be reached. Thread-safe.
 */
final class WriteRefusal {
  private static final int NO_ANSWER = 0;
  private static final int FORBIDDEN = 403;
  private static final int FULL = 507;

  private volatile boolean written;

  /** A call that writes has succeeded. */
  void passed() {
    written = true;
  }

  /**
   * What to say of the one item.
   *
   * @throws CloudsticException when the whole run ends by it
   */
  String problem(GraphException e) {
    if (e.status() == FORBIDDEN && !written) {
      throw new SignInRequiredException(
          "this sign-in may read OneDrive, but not write to it",
          "allow it to write, for as long as you need it: cloudstic auth login -write");
    }
    if (e.status() == FULL || e.code().equals("quotalimitreached")) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the drive is full: " + e.getMessage(),
          "make room and run the same command again: what is there already is not sent again",
          e);
    }
    if (e.status() == NO_ANSWER) {
      throw e;
    }
    return TerminalText.escape(e.getMessage());
  }
}
