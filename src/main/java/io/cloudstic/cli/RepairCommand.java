package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.repair.IndexRepair;
import io.cloudstic.repair.PackRepair;
import io.cloudstic.repair.RepairReport;
import io.cloudstic.repair.RepairStep;
import io.cloudstic.repair.RepairStep.Action;
import io.cloudstic.repair.SnapshotRepair;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic repair index|packs|snapshots}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic repair index                      shows what it would do",
      "cloudstic repair index -apply               makes the index tell what the packs hold",
      "cloudstic repair index -read-all-packs -apply   believes no index file, reads all headers",
      "cloudstic repair packs 1f3a9c -apply        saves what can be read of a damaged pack",
      "cloudstic repair snapshots -apply           rewrites snapshots without what is lost",
      "cloudstic repair snapshots -forget -apply   and removes their damaged forms"
    })
final class RepairCommand extends Command {
  @Parameters(index = "0", paramLabel = "index|packs|snapshots")
  String what;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "[PACK...]",
      description = "with packs: those that check names, by the beginnings of their ids")
  List<String> names = List.of();

  @Option(names = "-apply", description = "do it; without it nothing is changed")
  boolean apply;

  @Option(names = "-dry-run", description = "change nothing, as without -apply")
  boolean dryRun;

  @Option(
      names = "-read-all-packs",
      description = "index: read the headers of all packs, and believe no index file")
  boolean readAllPacks;

  @Option(
      names = "-forget",
      description = "snapshots: remove those that were rewritten or cannot be read at all")
  boolean forget;

  @Override
  ExitCode run(CommandContext context) {
    refuseWhatDoesNotGo();
    Consumer<RepairStep> listener =
        step -> {
          if (!global.json) {
            context.console().out().println(TerminalText.escape(step.toString()));
          }
        };
    try (RepositoryAccess access =
        apply ? RepositoryAccess.exclusively(context) : RepositoryAccess.open(context)) {
      RepairReport report = repair(access, listener, context);
      if (global.json) {
        context.printJson(json(report));
      } else {
        print(context, report);
      }
    }
    return ExitCode.DONE;
  }

  private RepairReport repair(
      RepositoryAccess access, Consumer<RepairStep> listener, CommandContext context) {
    Repository repository = access.repository();
    Runnable stillLocked = access::checkLock;
    Stop stop = context.stop();
    return switch (what) {
      case "index" ->
          new IndexRepair(repository, apply, readAllPacks, listener, stillLocked, stop).run();
      case "packs" ->
          new PackRepair(repository, packs(repository), apply, listener, stillLocked, stop).run();
      default ->
          new SnapshotRepair(
                  repository,
                  apply,
                  forget,
                  "cloudstic " + VersionCommand.version(),
                  listener,
                  stillLocked,
                  stop)
              .run();
    };
  }

  private void refuseWhatDoesNotGo() {
    if (!List.of("index", "packs", "snapshots").contains(what)) {
      throw new UsageException(
          "there is no repair of \"" + what + '"',
          "repair index, repair packs or repair snapshots");
    }
    if (apply && dryRun) {
      throw new UsageException("-apply and -dry-run do not go together", "give one of them");
    }
    if (what.equals("packs") == names.isEmpty()) {
      throw new UsageException(
          names.isEmpty()
              ? "no pack is named"
              : "one argument too many for repair " + what + ": " + names.get(0),
          names.isEmpty() ? "see which are damaged with: cloudstic check -read-data" : null);
    }
    if (readAllPacks && !what.equals("index")) {
      throw new UsageException("-read-all-packs is for repair index", "leave it out");
    }
    if (forget && !what.equals("snapshots")) {
      throw new UsageException("-forget is for repair snapshots", "leave it out");
    }
  }

  /** Packs of the store, and those that the index names although they are gone. */
  private Set<Id> packs(Repository repository) {
    Set<Id> all = new TreeSet<>();
    repository.index().forEachPack(pack -> all.add(pack.id()));
    repository.listFiles(FileKind.PACK, file -> all.add(file.id()));
    Set<Id> named = new TreeSet<>();
    for (String name : names) {
      String prefix = name.toLowerCase(Locale.ROOT);
      List<Id> found = all.stream().filter(id -> id.hex().startsWith(prefix)).limit(2).toList();
      if (found.size() != 1) {
        throw new UsageException(
            found.isEmpty() ? "there is no such pack: " + name : "several packs begin with " + name,
            found.isEmpty() ? "see: cloudstic check -read-data" : "write more of it");
      }
      named.addAll(found);
    }
    return named;
  }

  private void print(CommandContext context, RepairReport report) {
    long changes = report.changes();
    String counted = changes + (changes == 1 ? " change" : " changes");
    String last;
    if (changes == 0) {
      last = "There is nothing to repair here";
    } else if (apply) {
      last = "Done: " + counted;
    } else {
      last = "Nothing was changed: repeat the command with -apply for these " + counted;
    }
    context.console().out().println(last);
    context.console().out().flush();
    if (apply && report.count(Action.LOST) > 0) {
      context.remark(
          "The next backup fetches anew what is still in the source. To rewrite snapshots without"
              + " what is lost for good: cloudstic repair snapshots");
    }
  }

  private ObjectNode json(RepairReport report) {
    ObjectNode document = Json.object();
    document.put("message_type", "summary");
    document.put("repair", what);
    document.put("applied", apply);
    document.put("changes", report.changes());
    document.put("lost", report.count(Action.LOST));
    ArrayNode steps = document.putArray("steps");
    for (RepairStep step : report.steps()) {
      ObjectNode line = steps.addObject();
      line.put("action", step.action().word());
      line.put("object", step.object());
      line.put("id", step.id().hex());
      step.path().ifPresent(path -> line.put("path", path));
      line.put("reason", step.reason());
    }
    return document;
  }
}
