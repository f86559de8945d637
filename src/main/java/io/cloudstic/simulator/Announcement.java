package io.cloudstic.simulator;

import io.cloudstic.simulator.drive.DriveModel;
import java.util.Locale;

/**
 * What {@code cloudstic simulate} tells its user: the variables for another terminal, ready to be
 * pasted, and how to sign in. Comments and exports only, so that a shell can read all of it.
 */
public final class Announcement {
  private final Simulator simulator;

  /** Of this simulator. */
  public Announcement(Simulator simulator) {
    this.simulator = simulator;
  }

  /** The lines, each ended by a line feed. */
  public String text() {
    DriveModel drive = simulator.model();
    String lines =
        """
        # A %s OneDrive with %,d items; seed %d. Paste this into another terminal:
        export CLOUDSTIC_GRAPH_URL=%s
        export CLOUDSTIC_AUTHORITY_URL=%s
        export ONEDRIVE_CLIENT_ID=%s
        # then sign in (the simulated user agrees at once) and back up:
        #   cloudstic auth login
        #   cloudstic backup -source onedrive-changes
        """;
    return String.format(
        Locale.ROOT,
        lines,
        drive.accountType().driveType(),
        drive.liveItems() - 1,
        simulator.seed(),
        simulator.graphUrl(),
        simulator.authorityUrl(),
        simulator.clientId());
  }
}
