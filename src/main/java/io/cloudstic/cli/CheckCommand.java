package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.verify.Check;
import io.cloudstic.verify.CheckListener;
import io.cloudstic.verify.CheckRequest;
import io.cloudstic.verify.CheckSummary;
import io.cloudstic.verify.DataSubset;
import io.cloudstic.verify.Finding;
import io.cloudstic.verify.VerificationLog;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code cloudstic check}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic check                         index, packs by their sizes, snapshots and trees",
      "cloudstic check -read-data              every byte as well",
      "cloudstic check -read-data-subset 1/7   a seventh of it; 2/7 on the next day, and so on",
      "cloudstic check -read-data-subset 5%    what was verified longest ago, 5 percent of it"
    })
final class CheckCommand extends Command {
  @Option(names = "-read-data", description = "read every pack and verify every byte")
  boolean readData;

  @Option(
      names = "-read-data-subset",
      paramLabel = "PART",
      description = {
        "read some packs: n/t (the n-th of t parts), P%% or SIZE (those that were verified longest",
        "ago come first)"
      })
  String subset;

  @Override
  ExitCode run(CommandContext context) {
    CheckRequest request = CheckRequest.reading(data());
    Listener listener = new Listener(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      VerificationLog log =
          VerificationLog.open(
              global.noCache ? null : context.settings().cacheDir(global.cacheDir),
              repository.config().id());
      CheckSummary summary;
      try (Ticker ticker = Ticker.start(context, listener::state)) {
        summary = new Check(repository, request, log, listener, context.stop()).run();
      }
      report(context, summary, request.data().any());
      return summary.exitCode();
    }
  }

  private DataSubset data() {
    if (subset == null) {
      return readData ? DataSubset.ALL : DataSubset.NONE;
    }
    if (readData) {
      throw new UsageException(
          "-read-data and -read-data-subset do not go together", "give one of them");
    }
    return DataSubset.parse(subset);
  }

  private void report(CommandContext context, CheckSummary summary, boolean read) {
    if (global.json) {
      ObjectNode line = Json.object();
      line.put("message_type", "summary");
      line.put("num_errors", summary.errors());
      ArrayNode packs = line.putArray("broken_packs");
      summary.brokenPacks().forEach(pack -> packs.add(pack.hex()));
      line.put("suggest_repair_index", summary.suggestRepairIndex());
      line.put("suggest_prune", summary.suggestPrune());
      line.put("hints", summary.hints());
      line.put("snapshots", summary.snapshots());
      line.put("damaged_snapshots", summary.damagedSnapshots());
      line.put("trees", summary.trees());
      line.put("index_files", summary.indexFiles());
      line.put("packs", summary.packs());
      line.put("packs_read", summary.packsRead());
      line.put("bytes_read", summary.bytesRead());
      context.printJson(line);
      return;
    }
    PrintWriter out = context.console().out();
    out.printf(
        "Checked %d snapshots, %d trees, %d packs, %d index files",
        summary.snapshots(), summary.trees(), summary.packs(), summary.indexFiles());
    if (read) {
      out.printf("; read %d packs, %s", summary.packsRead(), Units.bytes(summary.bytesRead()));
    }
    out.println();
    out.println(
        summary.errors() == 0
            ? "No errors were found"
            : "%d error%s found; %d snapshot%s cannot be restored whole"
                .formatted(
                    summary.errors(),
                    summary.errors() == 1 ? " was" : "s were",
                    summary.damagedSnapshots(),
                    summary.damagedSnapshots() == 1 ? "" : "s"));
    out.flush();
    advise(context, summary);
  }

  /** The next steps, in the order in which they help. */
  private static void advise(CommandContext context, CheckSummary summary) {
    if (summary.errors() > 0) {
      context.remark(
          "Take a copy of the repository first if you can; then, in this order (each shows what it"
              + " would do, and does it with -apply):");
      context.remark("  cloudstic repair index");
      if (!summary.brokenPacks().isEmpty()) {
        List<String> packs = summary.brokenPacks().stream().limit(10).map(Id::hex).toList();
        context.remark(
            "  cloudstic repair packs %s%s",
            String.join(" ", packs), summary.brokenPacks().size() > packs.size() ? " …" : "");
      }
      context.remark("  cloudstic backup ...      fetches anew what is still in the source");
      context.remark("  cloudstic repair snapshots");
    } else if (summary.suggestRepairIndex()) {
      context.remark("cloudstic repair index -apply would tidy up the index.");
    }
  }

  /** Prints findings as they come. */
  private static final class Listener implements CheckListener {
    private final CommandContext context;
    private volatile String at = "";

    Listener(CommandContext context) {
      this.context = context;
    }

    Ticker.Line state() {
      ObjectNode json = Json.object();
      json.put("message_type", "status");
      json.put("progress", at);
      return new Ticker.Line(at, json);
    }

    @Override
    public void progress(Stage stage, long done, long total) {
      at = done + "/" + total + " " + stage.word();
    }

    @Override
    public void found(Finding finding) {
      if (!context.global().json) {
        if (finding.severity() == Finding.Severity.ERROR) {
          context.console().note(TerminalText.escape(finding.toString()));
        } else {
          context.remark("%s", finding.toString());
        }
        return;
      }
      ObjectNode line = Json.object();
      boolean error = finding.severity() == Finding.Severity.ERROR;
      line.put("message_type", error ? "error" : "status");
      line.put("severity", finding.severity().word());
      line.put("object", finding.kind().word());
      finding.id().ifPresent(id -> line.put("id", id.hex()));
      line.put("message", finding.message());
      ArrayNode snapshots = line.putArray("snapshots");
      finding.snapshots().forEach(id -> snapshots.add(id.hex()));
      ArrayNode paths = line.putArray("paths");
      finding.paths().forEach(paths::add);
      if (finding.more()) {
        line.put("more", true);
      }
      context.printJson(line);
    }
  }
}
