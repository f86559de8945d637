package io.cloudstic.onedrive.client;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import java.time.Duration;

/** A service has kept us waiting for longer than the run may last. No item is to blame. */
public class PatienceException extends CloudsticException {
  private static final long serialVersionUID = 1L;

  /** Who keeps us waiting, for how long it asks, and how long we would have waited. */
  public PatienceException(String service, Duration asked, Duration patience) {
    super(
        ExitCode.FAILED,
        service
            + " asks us to wait for "
            + words(asked)
            + " because of too many requests; the run waits for at most "
            + words(patience),
        "run the same command later: it continues from here (cloudstic.graph.patience sets the"
            + " limit)",
        null);
  }

  private static String words(Duration duration) {
    long minutes = Math.max(1, (duration.toSeconds() + 59) / 60);
    return minutes < 120 ? minutes + " minutes" : (minutes + 59) / 60 + " hours";
  }
}
