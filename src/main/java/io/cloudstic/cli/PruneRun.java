package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.retention.Prune;
import io.cloudstic.retention.PruneListener;
import io.cloudstic.retention.PruneRequest;
import io.cloudstic.retention.PruneSummary;

/** A prune with its progress, for {@code prune} and {@code forget -prune}. */
final class PruneRun {
  private final CommandContext context;
  private final RepositoryAccess access;
  private final PruneRequest request;
  private final boolean dryRun;
  private volatile Progress at = new Progress(PruneListener.Stage.TREES, 0, 0);

  private record Progress(PruneListener.Stage stage, long done, long total) {}

  PruneRun(CommandContext context, RepositoryAccess access, PruneRequest request, boolean dryRun) {
    this.context = context;
    this.access = access;
    this.request = request;
    this.dryRun = dryRun;
  }

  /** Plans, tells the plan, and unless this is a dry run does it. */
  void run(PruneReport report) {
    Prune prune =
        new Prune(
            access.repository(),
            request,
            (stage, done, total) -> at = new Progress(stage, done, total),
            dryRun ? null : access.lock(),
            context.stop());
    PruneSummary summary;
    try (Ticker ticker = Ticker.start(context, this::line)) {
      summary = prune.plan();
    }
    report.plan(summary);
    if (dryRun) {
      report.wouldBe(summary);
      return;
    }
    try (Ticker ticker = Ticker.start(context, this::line)) {
      report.done(summary, prune.run());
    }
  }

  private Ticker.Line line() {
    Progress now = at;
    ObjectNode json = Json.object();
    json.put("message_type", "status");
    json.put("progress", now.stage().word());
    json.put("done", now.done());
    if (now.total() > 0) {
      json.put("total", now.total());
    }
    String text = now.done() + (now.total() > 0 ? "/" + now.total() : "");
    return new Ticker.Line(text + " " + now.stage().word(), json);
  }
}
