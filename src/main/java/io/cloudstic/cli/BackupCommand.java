package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupRequest;
import io.cloudstic.backup.BackupSummary;
import io.cloudstic.failure.ExitCode;
import java.time.Clock;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cloudstic backup}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic backup -source onedrive-changes",
      "cloudstic backup -source onedrive-changes:/Documents -exclude '*.tmp' -tag docs",
      "cloudstic backup -source local:/home/me -exclude-file ~/.backupignore",
      "cloudstic backup -source onedrive -dry-run",
      "cloudstic backup -profile work",
      "cloudstic backup -all-profiles"
    })
final class BackupCommand extends Command {
  @Spec CommandSpec spec;

  @Mixin BackupFlags flags = new BackupFlags();

  @Option(
      names = "-all-profiles",
      description = "back up all profiles, one after the other; the worst exit code counts")
  boolean allProfiles;

  @Override
  ExitCode run(CommandContext context) {
    if (allProfiles) {
      return AllProfiles.run(context, spec.commandLine().getParseResult().originalArgs());
    }
    BackupRequest request = flags.request(context);
    BackupSummary summary = new SignInOffer(context).around(() -> backup(context, request));
    BackupReport.print(context, summary);
    return summary.incomplete() ? ExitCode.INCOMPLETE : ExitCode.DONE;
  }

  private BackupSummary backup(CommandContext context, BackupRequest request) {
    BackupProgress progress = new BackupProgress();
    try (BackupRuntime runtime = BackupRuntime.start(context, flags, request.source(), progress);
        Ticker ticker = Ticker.start(context, line(progress)::now)) {
      return runtime.run(request);
    }
  }

  private static BackupLine line(BackupProgress progress) {
    return new BackupLine(progress, Clock.systemUTC(), System::nanoTime);
  }
}
