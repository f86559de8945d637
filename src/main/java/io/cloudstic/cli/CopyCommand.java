package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.copy.CopyListener;
import io.cloudstic.copy.CopyProgress;
import io.cloudstic.copy.CopySummary;
import io.cloudstic.copy.SnapshotCopy;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloudstic copy}: snapshots into another repository. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic copy -from-store local:/srv/backup -store s3:offsite latest",
      "cloudstic copy -from-store s3:offsite -from-password-file old.txt -tag keep",
      "-from-store is read, -store is written, as with restic copy"
    })
final class CopyCommand extends Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "[SNAPSHOT...]",
      description = "latest, or beginnings of ids; by default all that the flags let through")
  List<String> names = List.of();

  @Mixin SourceRepositoryFlags from = new SourceRepositoryFlags();
  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Override
  ExitCode run(CommandContext context) {
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess source = RepositoryAccess.toCopyFrom(context, from);
        RepositoryAccess destination = RepositoryAccess.toAdd(context)) {
      List<Snapshot> chosen = new ArrayList<>();
      source.repository().snapshots().forEach(names, which.filter(), chosen::add, damage);
      warnOfChunkers(context, source.repository(), destination.repository());
      Report report = new Report(context);
      CopyProgress progress = new CopyProgress();
      CopySummary summary;
      try (Ticker ticker = global.json ? null : Ticker.start(context, () -> line(progress))) {
        summary =
            new SnapshotCopy(
                    source.repository(),
                    destination.repository(),
                    () -> {
                      source.checkLock();
                      destination.checkLock();
                    },
                    report,
                    progress,
                    context.stop())
                .run(chosen, damage);
      }
      report.end(summary, damage);
      if (summary.damaged() > 0) {
        throw RepositoryException.damaged(
            summary.damaged()
                + " of the "
                + chosen.size()
                + " snapshots to copy need what the source has lost; all others are there",
            null);
      }
    }
    return damage.end();
  }

  private static Ticker.Line line(CopyProgress progress) {
    String text =
        progress.wanted() == 0
            ? progress.trees() + " directories looked at"
            : progress.blobs()
                + " of "
                + progress.wanted()
                + " chunks, "
                + Units.bytes(progress.bytes());
    return new Ticker.Line(text, Json.object());
  }

  private static void warnOfChunkers(
      CommandContext context, Repository source, Repository destination) {
    if (source.config().chunkerPolynomial() != destination.config().chunkerPolynomial()) {
      context.remark(
          "The two repositories cut files at different places: what is backed up to both shares"
              + " no space with what is copied.");
    }
  }

  /** Tells what happens, as lines of text or, at the end, as one document. */
  private static final class Report implements CopyListener {
    private final CommandContext context;
    private final PrintWriter out;
    private final boolean json;
    private final ArrayNode snapshots = Json.array();

    Report(CommandContext context) {
      this.context = context;
      this.out = context.console().out();
      this.json = context.global().json;
    }

    @Override
    public void skipped(Snapshot source, Id copy) {
      tell(source, "skipped", copy, "was copied already, as " + copy.brief());
    }

    @Override
    public void copied(Snapshot source, Id copy) {
      tell(source, "copied", copy, "copied as " + copy.brief());
    }

    @Override
    public void damaged(Snapshot source) {
      tell(source, "damaged", null, "NOT copied: the source is damaged");
    }

    @Override
    public void lost(String what) {
      context.remark("%s", what);
    }

    private void tell(Snapshot source, String action, Id copy, String text) {
      ObjectNode one = snapshots.addObject();
      one.put("source_id", source.id().hex());
      one.put("action", action);
      if (copy != null) {
        one.put("snapshot_id", copy.hex());
      }
      if (!json) {
        out.printf("%s %s%n", source.id().brief(), text);
        out.flush();
      }
    }

    void end(CopySummary summary, DamageReport damage) {
      if (json) {
        ObjectNode document = Json.object();
        document.put("message_type", "summary");
        document.put("snapshots_copied", summary.copied());
        document.put("snapshots_skipped", summary.skipped());
        document.put("snapshots_damaged", summary.damaged());
        document.put("data_blobs", summary.dataBlobs());
        document.put("tree_blobs", summary.treeBlobs());
        document.put("data_added", summary.bytes());
        document.put("data_added_packed", summary.storedBytes());
        document.set("snapshots", snapshots);
        damage.addTo(document);
        context.printJson(document);
        return;
      }
      out.printf(
          "Snapshots:  %d copied,  %d there already,  %d damaged%n",
          summary.copied(), summary.skipped(), summary.damaged());
      out.printf(
          "Added to the repository: %s (%s stored)%n",
          Units.bytes(summary.bytes()), Units.bytes(summary.storedBytes()));
      out.flush();
    }
  }
}
