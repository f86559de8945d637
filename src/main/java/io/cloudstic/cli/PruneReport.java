package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.retention.OrphanCount;
import io.cloudstic.retention.PruneOutcome;
import io.cloudstic.retention.PruneSummary;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows what a prune is going to do and did, in the manner of restic. */
final class PruneReport {
  private final CommandContext context;
  private final boolean json;
  private final Consumer<String> lines;

  private PruneReport(CommandContext context, boolean json, Consumer<String> lines) {
    this.context = context;
    this.json = json;
    this.lines = lines;
  }

  /** As the result of the command. */
  static PruneReport results(CommandContext context) {
    return new PruneReport(context, context.global().json, context.console().out()::println);
  }

  /** As text for people, where the result of the command is something else. */
  static PruneReport remarks(CommandContext context) {
    return new PruneReport(context, false, line -> context.remark("%s", line));
  }

  /** What is going to happen. */
  void plan(PruneSummary plan) {
    if (json) {
      return;
    }
    row("used:", plan.usedBlobs(), plan.usedBytes());
    row("spare copies:", plan.spareBlobs(), plan.spareBytes());
    row("unused:", plan.unusedBlobs(), plan.unusedBytes());
    OrphanCount orphans = plan.orphans();
    if (orphans.packs() > 0) {
      lines.accept(
          "%-24s %8d packs / %s"
              .formatted("in no index:", orphans.packs(), Units.bytes(orphans.bytes(), 3)));
    }
    if (orphans.young() > 0) {
      lines.accept(
          "%-24s %8d packs that are younger than %s: a backup without a lock may be storing them"
              .formatted(
                  "  kept of those:", orphans.young(), DurationSetting.text(orphans.grace())));
    }
    if (orphans.undated() > 0) {
      lines.accept(
          "%-24s %8d packs, for the store does not say how old they are (-grace 0 removes them)"
              .formatted("  kept of those:", orphans.undated()));
    }
    lines.accept("");
    row("to repack:", plan.repackBlobs(), plan.repackBytes());
    row("this removes:", plan.repackFreedBlobs(), plan.repackFreedBytes());
    row("to delete:", plan.removedBlobs(), plan.removedBytes() + orphans.removedBytes());
    row("total prune:", plan.freedBlobs(), plan.freedBytes());
    row("remaining:", plan.remainingBlobs(), plan.remainingBytes());
    lines.accept(
        String.format(
            Locale.ROOT,
            "unused after prune: %s (%.2f%% of what remains)",
            Units.bytes(plan.unusedAfterBytes(), 3),
            plan.remainingBytes() == 0
                ? 0.0
                : 100.0 * plan.unusedAfterBytes() / plan.remainingBytes()));
    lines.accept("");
    context.console().out().flush();
  }

  private void row(String what, long blobs, long bytes) {
    lines.accept("%-24s %8d blobs / %s".formatted(what, blobs, Units.bytes(bytes, 3)));
  }

  /** What would have happened. */
  void wouldBe(PruneSummary plan) {
    result(plan, PruneOutcome.of(plan), true);
  }

  /** What has happened. */
  void done(PruneSummary plan, PruneOutcome outcome) {
    result(plan, outcome, false);
  }

  private void result(PruneSummary plan, PruneOutcome outcome, boolean dryRun) {
    if (json) {
      context.printJson(summary(plan, outcome, dryRun));
      return;
    }
    if (outcome.packsSpared() > 0) {
      lines.accept(
          "%d packs stay after all: what was stored meanwhile needs them"
              .formatted(outcome.packsSpared()));
    }
    if (outcome.packsLeft() > 0) {
      lines.accept(
          "%d packs are left to the next prune, for the repository was in use"
              .formatted(outcome.packsLeft()));
    }
    lines.accept(
        "%s %d packs, repacked %d, kept %d; freed %s"
            .formatted(
                dryRun ? "Would have removed" : "Removed",
                outcome.packsRemoved() + outcome.orphansRemoved(),
                outcome.packsRepacked(),
                plan.packsKept(),
                Units.bytes(Math.max(0, outcome.bytesFreed()), 3)));
    context.console().out().flush();
  }

  private static ObjectNode summary(PruneSummary plan, PruneOutcome outcome, boolean dryRun) {
    ObjectNode line = Json.object();
    line.put("message_type", "summary");
    line.put("dry_run", dryRun);
    line.put("snapshots", plan.snapshots());
    line.put("blobs_used", plan.usedBlobs());
    line.put("bytes_used", plan.usedBytes());
    line.put("blobs_duplicate", plan.spareBlobs());
    line.put("bytes_duplicate", plan.spareBytes());
    line.put("blobs_unused", plan.unusedBlobs());
    line.put("bytes_unused", plan.unusedBytes());
    line.put("packs_unindexed", plan.orphans().packs());
    line.put("bytes_unindexed", plan.orphans().bytes());
    line.put("packs_unindexed_young", plan.orphans().young());
    line.put("packs_unindexed_undated", plan.orphans().undated());
    line.put("bytes_unindexed_kept", plan.orphans().keptBytes());
    line.put("packs_kept", plan.packsKept());
    line.put("packs_repacked", outcome.packsRepacked());
    line.put("packs_removed", outcome.packsRemoved());
    line.put("packs_spared", outcome.packsSpared());
    line.put("packs_left", outcome.packsLeft());
    line.put("blobs_repacked", plan.repackBlobs());
    line.put("bytes_repacked", plan.repackBytes());
    line.put("blobs_removed", plan.freedBlobs());
    line.put("bytes_removed", outcome.bytesFreed());
    line.put("blobs_remaining", plan.remainingBlobs());
    line.put("bytes_remaining", plan.remainingBytes());
    line.put("bytes_unused_after", plan.unusedAfterBytes());
    return line;
  }
}
