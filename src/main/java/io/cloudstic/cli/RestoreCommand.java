package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restore.Overwrite;
import io.cloudstic.restore.Restore;
import io.cloudstic.restore.RestoreListener;
import io.cloudstic.restore.RestoreProblem;
import io.cloudstic.restore.RestoreRequest;
import io.cloudstic.restore.RestoreSummary;
import io.cloudstic.restore.Selection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic restore}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic restore -output /tmp/back",
      "cloudstic restore 40dc1520:/Documents -output /tmp/documents -verify",
      "cloudstic restore latest -include '*.jpg' -output photos.zip",
      "cloudstic restore -as-of '2026-11-22 10:00' -output /tmp/that-day",
      "cloudstic restore -output /srv/documents -delete -dry-run",
      "cloudstic restore latest -path /Documents/letter.docx -output . -overwrite never"
    })
final class RestoreCommand extends Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "[SNAPSHOT[:SUBPATH]]",
      description = "latest, or the beginning of a snapshot's id")
  String snapshot = "latest";

  @Mixin ChosenSnapshot chosen = new ChosenSnapshot();

  @Option(
      names = "-output",
      paramLabel = "PATH",
      description = "the directory to restore to, or a .zip file to write")
  Path output;

  @Option(
      names = "-path",
      paramLabel = "PATH",
      description = "only this file or folder of the snapshot (repeatable)")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "-include",
      paramLabel = "PATTERN",
      description = "only what matches, by restic's rules (repeatable)")
  List<String> includes = new ArrayList<>();

  @Option(
      names = "-exclude",
      paramLabel = "PATTERN",
      description = "leave out what matches (repeatable)")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "-overwrite",
      paramLabel = "WHEN",
      description = "always (default), if-changed, if-newer, never")
  String overwrite = Overwrite.ALWAYS.word();

  @Option(
      names = "-delete",
      description = "remove what is in the directory and not in the snapshot")
  boolean delete;

  @Option(names = "-dry-run", description = "write nothing, say what would be done")
  boolean dryRun;

  @Option(names = "-verify", description = "read everything back and compare it")
  boolean verify;

  @Override
  ExitCode run(CommandContext context) {
    if (output == null) {
      throw new UsageException("restore where to?", "give -output DIR, or -output FILE.zip");
    }
    SnapshotSpec spec = ChosenSnapshot.parse(snapshot);
    Overwrite rule = overwriteRule();
    refuseDangerousDeletion(context);
    long began = System.nanoTime();
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Snapshot found =
          chosen.find(access.repository(), spec, ZonedDateTime.now(Clock.systemDefaultZone()));
      context.remark(
          "Restoring snapshot %s",
          ChosenSnapshot.line(found, ZonedDateTime.now(Clock.systemDefaultZone())));
      RestoreRequest request =
          RestoreRequest.of(found.tree(), output)
              .from(spec.path())
              .only(
                  paths.isEmpty() && includes.isEmpty() && excludes.isEmpty()
                      ? Selection.everything()
                      : Selection.of(paths, includes, excludes))
              .overwriting(rule)
              .deleting(delete)
              .asDryRun(dryRun)
              .verified(verify);
      Restore restore =
          new Restore(access.repository(), request, new Listener(context, dryRun), context.stop());
      RestoreSummary summary;
      try (Ticker ticker = Ticker.start(context, () -> progress(restore.progress()))) {
        summary = restore.run();
      }
      report(context, found, summary, Duration.ofNanos(System.nanoTime() - began));
      return summary.exitCode();
    }
  }

  /** Nobody means to have these emptied. */
  private void refuseDangerousDeletion(CommandContext context) {
    if (!delete) {
      return;
    }
    if (output.getFileName() != null
        && output.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      throw new UsageException(
          "-delete does not go with a .zip file, which is written anew", "leave it out");
    }
    DeletionGuard.of(context).check(output);
  }

  private Overwrite overwriteRule() {
    return Arrays.stream(Overwrite.values())
        .filter(rule -> rule.word().equals(overwrite))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "-overwrite " + overwrite + " is unknown",
                    "one of: "
                        + Arrays.stream(Overwrite.values())
                            .map(Overwrite::word)
                            .collect(Collectors.joining(", "))));
  }

  private Ticker.Line progress(RestoreSummary state) {
    ObjectNode json = Json.object();
    json.put("message_type", "status");
    long done = state.bytesRestored() + state.bytesSkipped();
    json.put(
        "percent_done",
        state.totalBytes() == 0 ? 0.0 : Math.min(1, (double) done / state.totalBytes()));
    json.put("total_files", state.totalFiles());
    json.put("files_restored", state.filesRestored());
    json.put("files_skipped", state.filesSkipped());
    json.put("files_deleted", state.filesDeleted());
    json.put("total_bytes", state.totalBytes());
    json.put("bytes_restored", state.bytesRestored());
    json.put("bytes_skipped", state.bytesSkipped());
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

  private void report(
      CommandContext context, Snapshot found, RestoreSummary summary, Duration took) {
    if (global.json) {
      ObjectNode line = Json.object();
      line.put("message_type", "summary");
      line.put("seconds_elapsed", took.toSeconds());
      line.put("snapshot_id", found.id().hex());
      line.put("target", output.toString());
      if (dryRun) {
        line.put("dry_run", true);
      }
      line.put("total_files", summary.totalFiles());
      line.put("files_restored", summary.filesRestored());
      line.put("files_skipped", summary.filesSkipped());
      line.put("files_deleted", summary.filesDeleted());
      line.put("total_bytes", summary.totalBytes());
      line.put("bytes_restored", summary.bytesRestored());
      line.put("bytes_skipped", summary.bytesSkipped());
      line.put("files_renamed", summary.filesRenamed());
      line.put("files_verified", summary.filesVerified());
      line.put("files_left_out", summary.filesLeftOut());
      line.put("errors", summary.errors());
      context.printJson(line);
      return;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s snapshot %s: %d entries, %s in %s",
            dryRun ? "Would restore" : "Restored",
            found.id().brief(),
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
    if (summary.filesRenamed() > 0) {
      text.append(", ").append(summary.filesRenamed()).append(" under another name");
    }
    if (verify && !dryRun) {
      text.append(", ").append(summary.filesVerified()).append(" files verified");
    }
    if (summary.errors() > 0) {
      text.append(", ").append(summary.errors()).append(" errors");
    }
    context.console().out().println(text);
    context.console().out().flush();
  }

  /** Tells of single entries. */
  private static final class Listener implements RestoreListener {
    private final CommandContext context;
    private final boolean dryRun;

    Listener(CommandContext context, boolean dryRun) {
      this.context = context;
      this.dryRun = dryRun;
    }

    @Override
    public void done(NodePath path, Node node, Action action) {
      if (action == Action.LEFT_OUT) {
        context.remark("left out, it cannot be made there: %s %s", node.typeWord(), path.display());
      }
      if (context.global().verbose && context.global().json) {
        printAction(action.word(), path, node.type() == NodeType.FILE ? node.size() : 0);
      } else if (context.global().verbose) {
        context.console().note(action.word() + " " + path.terminalSafe());
      }
    }

    @Override
    public void deleted(NodePath path, long size) {
      if ((dryRun || context.global().verbose) && context.global().json) {
        printAction("deleted", path, size);
      } else if (dryRun) {
        context.console().out().println("would delete " + path.terminalSafe());
      } else if (context.global().verbose) {
        context.console().note("deleted " + path.terminalSafe());
      }
    }

    /** A line of restic's. */
    private void printAction(String action, NodePath path, long size) {
      ObjectNode line = Json.object();
      line.put("message_type", "verbose_status");
      line.put("action", action);
      line.put("item", path.display());
      line.put("size", size);
      context.printJson(line);
    }

    @Override
    public void renamed(NodePath path, String localName) {
      context.remark("%s is restored as %s", path.display(), localName);
    }

    @Override
    public void problem(RestoreProblem problem) {
      if (context.global().json) {
        ObjectNode line = Json.object();
        line.put("message_type", "error");
        line.put("item", problem.path().display());
        line.putObject("error").put("message", problem.message());
        line.put("during", "restore");
        context.printJson(line);
      }
      context
          .console()
          .note(problem.path().terminalSafe() + ": " + TerminalText.escape(problem.message()));
    }
  }
}
