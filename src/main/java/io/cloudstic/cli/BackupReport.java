package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.backup.BackupSummary;
import io.cloudstic.backup.EntryCounts;
import io.cloudstic.backup.Failure;
import io.cloudstic.backup.SourceOutcome;
import io.cloudstic.onedrive.scan.Reconciled;
import io.cloudstic.restic.write.WriteTotals;
import java.io.PrintWriter;

/** The end of a backup as text, whose last lines are a contract, or as restic's JSON summary. */
final class BackupReport {
  /** Names beyond this many are counted only, unless the user wants to hear more. */
  private static final int SHOWN = 20;

  private BackupReport() {}

  static void print(CommandContext context, BackupSummary summary) {
    alarm(context, summary.source().alarm());
    if (context.global().json) {
      summary.source().failures().forEach(failure -> context.printJson(error(failure)));
      context.printJson(json(summary));
    } else {
      text(context, summary);
    }
  }

  /** Who asked for quiet asked for no progress: this is something else. */
  private static void alarm(CommandContext context, String alarm) {
    if (alarm != null) {
      PrintWriter err = context.console().err();
      err.println("WARNING: " + alarm);
      err.flush();
    }
  }

  private static void text(CommandContext context, BackupSummary summary) {
    SourceOutcome source = summary.source();
    int shown = context.global().verbose ? Integer.MAX_VALUE : SHOWN;
    source.warnings().forEach(warning -> context.remark("Warning: %s", warning));
    named(context, "Not backed up", source.leftOut(), shown);
    named(
        context,
        "Could not be read, and will be tried first next time",
        source.failures().stream().map(BackupReport::line).toList(),
        shown);
    EntryCounts n = source.counts();
    WriteTotals written = summary.written();
    PrintWriter out = context.console().out();
    if (source.reconciled() != null) {
      out.println(line(source.reconciled()));
    }
    out.printf(
        "Files:  %d new,  %d changed,  %d unmodified,  %d removed,  %d failed%n",
        n.filesNew(), n.filesChanged(), n.filesUnmodified(), n.filesRemoved(), n.filesFailed());
    out.printf(
        "Dirs:   %d new,  %d changed,  %d unmodified,  %d removed%n",
        n.dirsNew(), n.dirsChanged(), n.dirsUnmodified(), n.dirsRemoved());
    out.printf(
        "Added to the repository: %s (%s stored)%n",
        Units.bytes(written.dataAdded()), Units.bytes(written.dataAddedPacked()));
    out.printf(
        "Processed %d entries, %s in %s; %d Graph requests, throttled %s%n",
        n.totalEntries(),
        Units.bytes(n.totalBytes()),
        Units.time(summary.duration()),
        source.graphRequests(),
        Units.time(source.throttled()));
    if (summary.snapshot() != null) {
      out.printf("Snapshot %s saved%n", summary.snapshot().brief());
    } else if (summary.dryRun()) {
      out.println("Dry run: nothing was fetched, no snapshot was made");
    } else {
      out.println("Nothing has changed: no snapshot was made");
    }
    out.flush();
  }

  private static void named(
      CommandContext context, String title, java.util.List<String> names, int shown) {
    if (names.isEmpty()) {
      return;
    }
    context.remark("%s:", title);
    names.stream().limit(shown).forEach(name -> context.remark("  %s", name));
    if (names.size() > shown) {
      context.remark("  and %d more (-verbose names them)", names.size() - shown);
    }
  }

  private static String line(Reconciled found) {
    return found.added() + found.changed() + found.removed() == 0
        ? "Compared with a complete listing: the change feed had missed nothing"
        : String.format(
            "Corrected what the change feed had missed: %d added, %d changed, %d removed",
            found.added(), found.changed(), found.removed());
  }

  private static String line(Failure failure) {
    String kept = failure.stale() ? " (the snapshot keeps an earlier version)" : "";
    return failure.path() + ": " + failure.reason() + kept;
  }

  private static ObjectNode json(BackupSummary summary) {
    SourceOutcome source = summary.source();
    EntryCounts n = source.counts();
    WriteTotals written = summary.written();
    ObjectNode line = Json.object();
    line.put("message_type", "summary");
    if (summary.dryRun()) {
      line.put("dry_run", true);
    }
    line.put("files_new", n.filesNew());
    line.put("files_changed", n.filesChanged());
    line.put("files_unmodified", n.filesUnmodified());
    line.put("files_removed", n.filesRemoved());
    line.put("files_failed", n.filesFailed());
    line.put("files_skipped", n.filesSkipped());
    line.put("dirs_new", n.dirsNew());
    line.put("dirs_changed", n.dirsChanged());
    line.put("dirs_unmodified", n.dirsUnmodified());
    line.put("dirs_removed", n.dirsRemoved());
    line.put("data_blobs", written.dataBlobs());
    line.put("tree_blobs", written.treeBlobs());
    line.put("data_added", written.dataAdded());
    line.put("data_added_packed", written.dataAddedPacked());
    line.put("total_files_processed", n.totalFiles());
    line.put("total_bytes_processed", n.totalBytes());
    line.put("backup_start", summary.began().toString());
    line.put("backup_end", summary.began().plus(summary.duration()).toString());
    line.put("total_duration", summary.duration().toMillis() / 1000.0);
    if (summary.snapshot() != null) {
      line.put("snapshot_id", summary.snapshot().hex());
    }
    line.put("graph_requests", source.graphRequests());
    line.put("throttled_seconds", source.throttled().toMillis() / 1000.0);
    line.put("scan", source.scan());
    ObjectNode from = line.putObject("source");
    from.put("type", source.type());
    from.put("account", source.hostname());
    from.put("path", String.join(",", source.paths()));
    if (source.alarm() != null) {
      line.put("warning", source.alarm());
    }
    if (source.reconciled() != null) {
      line.putObject("reconciled")
          .put("added", source.reconciled().added())
          .put("changed", source.reconciled().changed())
          .put("removed", source.reconciled().removed());
    }
    ArrayNode failures = line.putArray("failures");
    source.failures().forEach(failure -> failures.add(json(failure)));
    strings(line.putArray("left_out"), source.leftOut());
    strings(line.putArray("warnings"), source.warnings());
    return line;
  }

  /** restic's message of a file that could not be read. */
  private static ObjectNode error(Failure failure) {
    ObjectNode line = Json.object();
    line.put("message_type", "error");
    line.putObject("error").put("message", failure.reason());
    line.put("during", "archival");
    line.put("item", failure.path());
    return line;
  }

  private static ObjectNode json(Failure failure) {
    ObjectNode one = Json.object();
    one.put("item_id", failure.itemId());
    one.put("path", failure.path());
    one.put("reason", failure.reason());
    one.put("attempts", failure.attempts());
    one.put("first_failed", failure.firstFailed().toString());
    one.put("stale", failure.stale());
    return one;
  }

  private static void strings(ArrayNode array, Iterable<String> words) {
    words.forEach(array::add);
  }
}
