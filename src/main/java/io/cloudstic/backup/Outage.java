package io.cloudstic.backup;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.ItemException;
import java.util.function.BooleanSupplier;

/**
 * Tells a service that is down from files that are bad. One file whose server fails goes to the
 * ledger; when file after file fails so and none gets through, waiting out the retries of each
 * would take days and end in a ledger of everything. But a folder of bad files must not keep all
 * others out of every backup: so a file that is known to be good is asked for, before the service
 * is given up. Thread-safe.
 */
final class Outage {
  /** Each of these has had its own retries for about a minute. */
  static final int IN_A_ROW = 64;

  private int failures;

  /** A file came through. */
  synchronized void passed() {
    failures = 0;
  }

  /**
   * A file failed.
   *
   * @param alive whether a file that is known to be good can be read just now; asked seldom
   * @throws CloudsticException when it is one too many
   */
  synchronized void failed(Exception reason, BooleanSupplier alive) {
    if (!(reason instanceof ItemException item) || item.reason() != ItemException.Reason.SERVER) {
      return;
    }
    failures++;
    if (failures < IN_A_ROW) {
      return;
    }
    if (alive.getAsBoolean()) {
      failures = 0;
      return;
    }
    throw new CloudsticException(
        ExitCode.FAILED,
        "OneDrive's storage cannot be reached: the last "
            + failures
            + " files all failed, at last with: "
            + item.getMessage(),
        "check the network; what was stored is kept, and the next run continues from there",
        reason);
  }
}
