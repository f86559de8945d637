package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.explain.Explain;
import io.cloudstic.explain.Explanation;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.LedgerEntry;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloudstic explain}: why a path is in the backup or not. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic explain /Documents/report.docx",
      "cloudstic explain /Notebook -json",
      "cloudstic explain -path onedrive:/Photos /2024"
    })
final class ExplainCommand extends Command {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  @Mixin SnapshotFlags flags = new SnapshotFlags();

  @Parameters(arity = "1", paramLabel = "PATH", description = "as ls prints it")
  String path;

  @Override
  ExitCode run(CommandContext context) {
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Explanation explanation =
          new Explain(
                  access.repository(),
                  global.noCache ? null : context.settings().cacheDir(global.cacheDir))
              .explain(path, flags.filter(), damage);
      if (global.json) {
        ObjectNode document = json(explanation);
        damage.addTo(document);
        context.printJson(document);
      } else {
        text(explanation)
            .forEach(line -> context.console().out().println(TerminalText.escape(line)));
        context.console().out().flush();
      }
    }
    return damage.end();
  }

  private static List<String> text(Explanation it) {
    List<String> lines = new ArrayList<>();
    lines.add(it.path());
    lines.add("  in the backup: " + (it.state().isIn() ? "yes" : "no") + ", " + it.reason());
    if (it.rule() != null) {
      PatternLine line = it.rule().line();
      lines.add("  pattern:       " + line.text() + " (" + line.origin() + ")");
    }
    lines.add("  looked at:     " + named(it.newest()));
    if (it.changed() != null) {
      lines.add(
          (it.state().isIn() ? "  last changed:  " : "  last stored:   ") + named(it.changed()));
    }
    if (it.node() != null && it.node().type() == NodeType.FILE) {
      lines.add("  size:          " + Units.bytes(it.node().size()));
    }
    if (it.facts() != null) {
      hash(it.facts().hashes()).ifPresent(hash -> lines.add("  hash:          " + hash));
      if (it.facts().mark() != null && it.node().type() == NodeType.FILE) {
        lines.add("  verification:  " + verification(it.facts().mark()));
      }
      lines.add("  item:          " + it.facts().id());
    }
    if (it.failure() != null) {
      LedgerEntry failure = it.failure();
      lines.add(
          "  failed:        "
              + failure.reason()
              + " ("
              + failure.attempts()
              + (failure.attempts() == 1 ? " attempt" : " attempts")
              + (failure.firstFailed() == null
                  ? ""
                  : ", first on " + TIME.format(failure.firstFailed()))
              + ")");
    }
    return lines;
  }

  private static String named(Snapshot snapshot) {
    return "snapshot " + snapshot.id().brief() + " of " + TIME.format(snapshot.time());
  }

  private static java.util.Optional<String> hash(Hashes hashes) {
    if (hashes.sha256() != null) {
      return java.util.Optional.of("SHA-256 " + hashes.sha256());
    }
    if (hashes.quickXor() != null) {
      return java.util.Optional.of("quickXorHash " + hashes.quickXor());
    }
    return java.util.Optional.ofNullable(hashes.sha1()).map(sha -> "SHA-1 " + sha);
  }

  private static String verification(Mark mark) {
    return switch (mark) {
      case HASH -> "the content has the hash that Graph gives";
      case SIZE -> "the content has the size that Graph gives, which gives no hash";
      case UNCHECKED -> "Graph gives neither hash nor size";
      case MISMATCH -> "Graph serves other bytes than it announces, twice the same";
    };
  }

  private static ObjectNode json(Explanation it) {
    ObjectNode document = Json.object();
    document.put("path", it.path());
    document.put("included", it.state().isIn());
    document.put("state", it.state().word());
    document.put("reason", it.reason());
    if (it.rule() != null) {
      ObjectNode rule = document.putObject("rule");
      rule.put("pattern", it.rule().line().text());
      rule.put("excludes", it.rule().excludes());
      if (it.rule().line().file() != null) {
        rule.put("file", it.rule().line().file());
        rule.put("line", it.rule().line().line());
      }
    }
    document.put("snapshot_id", it.newest().id().hex());
    if (it.changed() != null) {
      ObjectNode changed = document.putObject(it.state().isIn() ? "last_changed" : "last_stored");
      changed.put("snapshot_id", it.changed().id().hex());
      changed.put("time", GoTime.format(it.changed().time()));
    }
    Node node = it.node();
    if (node != null) {
      document.put("type", node.typeWord());
      document.put("mtime", GoTime.format(node.mtime()));
      if (node.type() == NodeType.FILE) {
        document.put("size", node.size());
      }
    }
    if (it.facts() != null) {
      facts(document, it.facts(), node);
    }
    if (it.failure() != null) {
      ObjectNode failure = document.putObject("failure");
      failure.put("item_id", it.failure().itemId());
      failure.put("reason", it.failure().reason());
      failure.put("attempts", it.failure().attempts());
      if (it.failure().firstFailed() != null) {
        failure.put("first_failed", it.failure().firstFailed().toString());
      }
    }
    return document;
  }

  private static void facts(ObjectNode document, ItemFacts facts, Node node) {
    document.put("item_id", facts.id());
    ObjectNode hashes = document.putObject("hashes");
    put(hashes, "quick_xor", facts.hashes().quickXor());
    put(hashes, "sha1", facts.hashes().sha1());
    put(hashes, "sha256", facts.hashes().sha256());
    if (facts.mark() != null && node.type() == NodeType.FILE) {
      document.put("verification", facts.mark().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private static void put(ObjectNode json, String field, String value) {
    if (value != null) {
      json.put(field, value);
    }
  }
}
