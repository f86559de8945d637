package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restore.RestoreSummary;
import java.time.Duration;

/**
 * What a restore has done, while it runs and in the end; restic's fields, and those that it lacks.
 *
 * @param target as it was typed
 * @param dryRun whether it only would have done so
 * @param verify whether everything was read back
 */
record RestoreReport(Snapshot snapshot, String target, boolean dryRun, boolean verify) {
  /** How it gets on. */
  static Ticker.Line line(RestoreSummary state) {
    ObjectNode json = Json.object();
    json.put("message_type", "status");
    long done = state.bytesRestored() + state.bytesSkipped();
    json.put(
        "percent_done",
        state.totalBytes() == 0 ? 0.0 : Math.min(1, (double) done / state.totalBytes()));
    counts(json, state);
    String text =
        state.filesRestored()
            + "/"
            + state.totalFiles()
            + " entries, "
            + Units.bytes(state.bytesRestored())
            + " of "
            + Units.bytes(state.totalBytes());
    return new Ticker.Line(text, json);
  }

  private static void counts(ObjectNode json, RestoreSummary state) {
    json.put("total_files", state.totalFiles());
    json.put("files_restored", state.filesRestored());
    json.put("files_skipped", state.filesSkipped());
    json.put("files_deleted", state.filesDeleted());
    json.put("total_bytes", state.totalBytes());
    json.put("bytes_restored", state.bytesRestored());
    json.put("bytes_skipped", state.bytesSkipped());
  }

  /** The result. */
  void print(CommandContext context, RestoreSummary summary, Duration took) {
    if (context.global().json) {
      context.printJson(json(summary, took));
    } else {
      context.console().out().println(text(summary, took));
      context.console().out().flush();
    }
  }

  private ObjectNode json(RestoreSummary summary, Duration took) {
    ObjectNode line = Json.object();
    line.put("message_type", "summary");
    line.put("seconds_elapsed", took.toSeconds());
    line.put("snapshot_id", snapshot.id().hex());
    line.put("target", target);
    if (dryRun) {
      line.put("dry_run", true);
    }
    counts(line, summary);
    line.put("files_renamed", summary.filesRenamed());
    line.put("files_verified", summary.filesVerified());
    line.put("files_left_out", summary.filesLeftOut());
    line.put("attributes_left_out", summary.attributesLeftOut());
    ArrayNode names = line.putArray("attribute_names");
    summary.attributeNames().forEach(names::add);
    line.put("errors", summary.errors());
    return line;
  }

  private String text(RestoreSummary summary, Duration took) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s snapshot %s: %d entries, %s in %s",
            dryRun ? "Would restore" : "Restored",
            snapshot.id().brief(),
            summary.filesRestored(),
            Units.bytes(summary.bytesRestored()),
            Units.time(took)));
    if (summary.filesSkipped() > 0) {
      text.append(", ").append(summary.filesSkipped()).append(" were there already");
    }
    if (summary.filesDeleted() > 0) {
      text.append(", ").append(summary.filesDeleted()).append(dryRun ? " to delete" : " deleted");
    }
    if (summary.filesLeftOut() > 0) {
      text.append(", ").append(summary.filesLeftOut()).append(" left out");
    }
    if (summary.attributesLeftOut() > 0) {
      text.append(", ")
          .append(summary.attributesLeftOut())
          .append(" extended attributes left out (")
          .append(String.join(", ", summary.attributeNames()))
          .append(")");
    }
    if (summary.filesRenamed() > 0) {
      text.append(", ").append(summary.filesRenamed()).append(" under another name");
    }
    if (verify && !dryRun) {
      text.append(", ").append(summary.filesVerified()).append(" files verified");
    }
    if (summary.errors() > 0) {
      text.append(", ").append(summary.errors()).append(" errors");
    }
    return text.toString();
  }
}
