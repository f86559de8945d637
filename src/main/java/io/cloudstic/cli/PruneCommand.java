package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.retention.PruneRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cloudstic prune}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic prune -dry-run           says what it would do",
      "cloudstic prune",
      "cloudstic prune -max-unused 10%    repacks less, and leaves more behind",
      "cloudstic prune -max-unused 0%     leaves nothing that is not used",
      "cloudstic prune -retry-lock 2h     waits at its end for a backup that is running",
      "cloudstic prune -grace 0           also removes at once what an interrupted backup left"
    })
final class PruneCommand extends Command {
  @Mixin PruneFlags flags = new PruneFlags();

  @Option(names = "-dry-run", description = "change nothing, say what would be done")
  boolean dryRun;

  @Override
  ExitCode run(CommandContext context) {
    PruneRequest request = flags.request(context.settings());
    try (RepositoryAccess access =
        dryRun ? RepositoryAccess.withoutLock(context) : RepositoryAccess.toPrune(context)) {
      new PruneRun(context, access, request, dryRun).run(PruneReport.results(context));
    }
    return ExitCode.DONE;
  }
}
