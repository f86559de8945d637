package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.verify.Check;
import io.cloudstic.verify.CheckListener;
import io.cloudstic.verify.CheckRequest;
import io.cloudstic.verify.CheckSummary;
import io.cloudstic.verify.Finding;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code cloudstic check}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic check             index, packs by their sizes, snapshots and trees",
      "cloudstic check -read-data  every byte as well"
    })
final class CheckCommand extends Command {
  @Option(names = "-read-data", description = "read every pack and verify every byte")
  boolean readData;

  @Override
  ExitCode run(CommandContext context) {
    CheckRequest request = readData ? CheckRequest.everything() : CheckRequest.structure();
    Listener listener = new Listener(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      CheckSummary summary;
      try (Ticker ticker = Ticker.start(context, listener::state)) {
        summary = new Check(access.repository(), request, listener, context.stop()).run();
      }
      report(context, summary);
      return summary.exitCode();
    }
  }

  private void report(CommandContext context, CheckSummary summary) {
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
    if (readData) {
      out.printf("; read %d packs, %s", summary.packsRead(), Units.bytes(summary.bytesRead()));
    }
    out.println();
    out.println(
        summary.errors() == 0 ? "No errors were found" : summary.errors() + " errors were found");
    out.flush();
    if (summary.errors() > 0) {
      context.remark(
          "What is damaged is named above. Keep the repository as it is, take a copy, and see"
              + " docs/operations.md, \"A damaged repository\".");
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
          context.remark("%s", finding);
        }
        return;
      }
      ObjectNode line = Json.object();
      line.put("message_type", finding.severity().word());
      line.put("object", finding.kind().word());
      finding.id().ifPresent(id -> line.put("id", id.hex()));
      line.put("message", finding.message());
      finding.snapshot().ifPresent(id -> line.put("snapshot", id.hex()));
      finding.path().ifPresent(path -> line.put("path", path));
      context.printJson(line);
    }
  }
}
