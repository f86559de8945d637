package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.snapshot.TagChange;
import io.cloudstic.restic.tree.TerminalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic tag}: other tags for snapshots that are there. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic tag -add keep 40dc1520",
      "cloudstic tag -remove draft -add final -host anna@contoso.com",
      "cloudstic tag -set '' -tag obsolete   no tags for those that have this one"
    })
final class TagCommand extends Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "[SNAPSHOT...]",
      description = "latest, or beginnings of ids; by default all that the flags let through")
  List<String> names = List.of();

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Option(names = "-add", paramLabel = "TAGS", description = "add these tags (repeatable)")
  List<String> add = List.of();

  @Option(names = "-remove", paramLabel = "TAGS", description = "remove these tags (repeatable)")
  List<String> remove = List.of();

  @Option(
      names = "-set",
      paramLabel = "TAGS",
      description = "these tags in place of all others, '' for none (repeatable)")
  List<String> set;

  /** A snapshot before and after. */
  private record Changed(Id before, Snapshot after) {}

  @Override
  ExitCode run(CommandContext context) {
    TagChange change = new TagChange(set == null ? null : split(set), split(add), split(remove));
    List<Changed> changed = new ArrayList<>();
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.exclusively(context)) {
      Snapshots snapshots = access.repository().snapshots();
      // Listed before the first is changed: the new forms would come up again.
      List<Snapshot> chosen = new ArrayList<>();
      snapshots.forEach(names, which.filter(), chosen::add, damage);
      for (Snapshot snapshot : chosen) {
        Snapshot after = change.apply(snapshots, snapshot);
        if (after != snapshot) {
          changed.add(new Changed(snapshot.id(), after));
        }
      }
    }
    if (global.json) {
      ObjectNode document = json(changed);
      damage.addTo(document);
      context.printJson(document);
    } else {
      print(context, changed);
    }
    return damage.end();
  }

  /** As restic reads them: several may be joined by commas; blanks around them do not count. */
  private static List<String> split(List<String> lists) {
    return lists.stream()
        .flatMap(list -> Arrays.stream(list.split(",")))
        .map(String::strip)
        .toList();
  }

  private static ObjectNode json(List<Changed> changed) {
    ObjectNode document = Json.object();
    document.put("message_type", "summary");
    document.put("changed_snapshots", changed.size());
    ArrayNode all = document.putArray("snapshots");
    for (Changed one : changed) {
      ObjectNode entry = all.addObject();
      entry.put("old_snapshot_id", one.before.hex());
      entry.put("new_snapshot_id", one.after.id().hex());
      one.after.tags().forEach(entry.putArray("tags")::add);
    }
    return document;
  }

  private static void print(CommandContext context, List<Changed> changed) {
    for (Changed one : changed) {
      String tags = TerminalText.escape(String.join(",", one.after.tags()));
      context
          .console()
          .out()
          .printf(
              "%s is now %s, %s%n",
              one.before.brief(),
              one.after.id().brief(),
              tags.isEmpty() ? "without tags" : "tagged " + tags);
    }
    context
        .console()
        .out()
        .printf(
            "Modified the tags of %d snapshot%s%n", changed.size(), changed.size() == 1 ? "" : "s");
    context.console().out().flush();
  }
}
