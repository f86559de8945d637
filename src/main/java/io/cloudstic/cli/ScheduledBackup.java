package io.cloudstic.cli;

import io.cloudstic.backup.BackupRequest;
import java.util.function.Supplier;

/** Gives the schedule's route the request of each run; a bean that the route names. */
public final class ScheduledBackup {
  private final Supplier<BackupRequest> requests;

  ScheduledBackup(Supplier<BackupRequest> requests) {
    this.requests = requests;
  }

  /** The next run: exclude files are read anew for each. */
  public BackupRequest request() {
    return requests.get();
  }
}
