package io.cloudstic.backup;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.ItemException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells a service that is down from files that are bad. One file whose server fails goes to the
 * ledger; when file after file fails so and none gets through, waiting out the retries of each
 * would take days and end in a ledger of everything. Thread-safe.
 */
final class Outage {
  /** Each of these has had its own retries for about a minute. */
  static final int IN_A_ROW = 64;

  private final AtomicInteger failures = new AtomicInteger();

  /** A file came through. */
  void passed() {
    failures.set(0);
  }

  /**
   * A file failed.
   *
   * @throws CloudsticException when it is one too many
   */
  void failed(Exception reason) {
    if (reason instanceof ItemException item
        && item.reason() == ItemException.Reason.SERVER
        && failures.incrementAndGet() >= IN_A_ROW) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "OneDrive's storage cannot be reached: the last "
              + IN_A_ROW
              + " files all failed, at last with: "
              + item.getMessage(),
          "check the network; what was stored is kept, and the next run continues from there",
          reason);
    }
  }
}
