package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupRequest;
import io.cloudstic.backup.BackupSummary;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.restic.write.WarmUp;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;

/** Camel with the routes of a backup, and the engine that they find in its registry. */
final class BackupRuntime implements AutoCloseable {
  private final CamelRuntime runtime;

  private BackupRuntime(CamelRuntime runtime) {
    this.runtime = runtime;
  }

  static BackupRuntime start(
      CommandContext context, BackupFlags flags, SourceSpec source, BackupProgress progress) {
    WarmUp.compile();
    return new BackupRuntime(new BackupBeans(context, flags, source, progress).start());
  }

  /** Runs one backup through the routes. */
  BackupSummary run(BackupRequest request) {
    Exchange exchange =
        runtime.template().request("direct:backup", it -> it.getMessage().setBody(request));
    Exception failure = exchange.getException();
    if (failure != null) {
      throw unwrapped(failure);
    }
    return exchange.getMessage().getBody(BackupSummary.class);
  }

  private static RuntimeException unwrapped(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof CloudsticException ours) {
        return ours;
      }
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new CamelExecutionException("the backup failed", null, failure);
  }

  @Override
  public void close() {
    runtime.close();
  }
}
