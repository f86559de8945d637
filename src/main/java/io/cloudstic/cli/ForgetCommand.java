package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.retention.Forget;
import io.cloudstic.retention.ForgetRequest;
import io.cloudstic.retention.JudgedGroup;
import io.cloudstic.retention.KeepPolicy;
import io.cloudstic.retention.PruneRequest;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic forget}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic forget -keep-daily 7 -keep-weekly 5 -keep-monthly 12 -dry-run",
      "cloudstic forget -keep-last 30 -keep-tag keep -prune",
      "cloudstic forget -keep-within 3m -host ann@example.com -group-by host",
      "cloudstic forget 40dc1520"
    })
final class ForgetCommand extends Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "[SNAPSHOT...]",
      description = "forget these; without names the rules decide")
  List<String> names = List.of();

  @Mixin KeepFlags keep = new KeepFlags();

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Option(
      names = "-group-by",
      paramLabel = "KEYS",
      description = {
        "apply the rules to each group of equal host, paths, tags, or several of them",
        "joined by commas; host,paths by default, '' for all snapshots as one group"
      })
  String groupBy = "host,paths";

  @Option(names = "-dry-run", description = "change nothing, say what would be done")
  boolean dryRun;

  @Option(
      names = "-unsafe-allow-remove-all",
      description = "agree that a group loses all of its snapshots")
  boolean allowRemoveAll;

  @Option(names = "-prune", description = "also remove the data that no snapshot needs any more")
  boolean prune;

  @Mixin PruneFlags pruning = new PruneFlags();

  @Override
  ExitCode run(CommandContext context) throws IOException {
    KeepPolicy policy = keep.policy();
    if (!names.isEmpty() && !policy.isEmpty()) {
      throw new UsageException(
          "snapshots are named, and rules given as well", "give either the ones or the others");
    }
    PruneRequest pruneRequest = pruning.request(context.settings());
    ForgetRequest request =
        new ForgetRequest(names, which.filter(), GroupKey.parts(groupBy), policy, allowRemoveAll);
    try (RepositoryAccess access =
        dryRun ? RepositoryAccess.withoutLock(context) : RepositoryAccess.briefly(context)) {
      Forget forget = new Forget(access.repository(), request, context.stop());
      List<JudgedGroup> plan = forget.plan();
      ForgetReport report = new ForgetReport(context, dryRun);
      if (!global.json && names.isEmpty() && !policy.isEmpty()) {
        report.policy(policy);
      }
      if (!dryRun) {
        access.checkLock();
        forget.remove(plan);
      }
      report.result(plan);
      if (prune) {
        PruneRequest without =
            pruneRequest.without(
                plan.stream()
                    .flatMap(group -> group.removed().stream())
                    .map(Snapshot::id)
                    .collect(Collectors.toSet()));
        if (!dryRun) {
          access.lock().relax(LockKind.PRUNE);
        }
        // Of forget the result is one document, so that of prune goes beside it as a remark.
        new PruneRun(context, access, without, dryRun)
            .run(global.json ? PruneReport.remarks(context) : PruneReport.results(context));
      } else if (!dryRun && plan.stream().anyMatch(group -> !group.removed().isEmpty())) {
        context.remark("The data stays until it is pruned: cloudstic prune");
      }
      report.end();
    }
    return ExitCode.DONE;
  }
}
