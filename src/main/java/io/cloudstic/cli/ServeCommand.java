package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupRequest;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.failure.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code cloudstic serve}: backups by the clock, until it is stopped. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic serve -source onedrive-changes",
      "schedule.cron and schedule.zone in application.properties say when"
    })
final class ServeCommand extends Command {
  @Mixin BackupFlags flags = new BackupFlags();

  @Override
  ExitCode run(CommandContext context) {
    // Asked once now, so that a mistake shows at the start and not at night.
    BackupRequest first = flags.request(context);
    // A schedule has nobody to ask: without a password at hand it must not start.
    RepositoryAccess.open(context).close();
    ScheduledBackup schedule = new ScheduledBackup(() -> flags.request(context));
    BackupBeans beans = new BackupBeans(context, flags, first.source(), new BackupProgress());
    try (CamelRuntime runtime = beans.serve(schedule)) {
      context.remark(
          "Serving: %s by schedule %s, %s. Ctrl-C ends it.",
          first.source().snapshotPath(),
          context.settings().property("schedule.cron").orElse("of the route"),
          context.settings().property("schedule.zone").orElse("UTC"));
      return context.untilStopped();
    }
  }
}
