package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotSummary;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.TerminalText;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cloudstic list}: the snapshots. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic list",
      "cloudstic list -tag photos -latest 1",
      "cloudstic list -group-by host -json"
    })
final class ListCommand extends Command {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Option(
      names = "-latest",
      paramLabel = "N",
      description = "only the last N snapshots of each host and path, in each group")
  int latest;

  @Option(
      names = "-group-by",
      paramLabel = "KEYS",
      description = "group by host, paths, tags, or several joined by commas")
  String groupBy;

  @Override
  ExitCode run(CommandContext context) throws IOException {
    List<GroupKey.Part> parts = groupBy == null ? null : GroupKey.parts(groupBy);
    if (latest < 0) {
      throw new UsageException("-latest must not be negative", null);
    }
    List<Snapshot> snapshots = new ArrayList<>();
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      new Snapshots(access.repository().files()).forEach(which.filter(), snapshots::add, damage);
    }
    snapshots.sort(Snapshots.BY_TIME);
    Map<GroupKey, List<Snapshot>> groups = new TreeMap<>();
    for (Snapshot snapshot : snapshots) {
      groups
          .computeIfAbsent(
              GroupKey.of(snapshot, parts == null ? List.of() : parts), key -> new ArrayList<>())
          .add(snapshot);
    }
    if (latest > 0) {
      groups.replaceAll((key, members) -> lastOfEach(members));
    }
    if (global.json) {
      List<Snapshot> all = groups.values().stream().flatMap(List::stream).toList();
      context.printJson(parts == null ? array(all) : grouped(groups));
    } else {
      groups.forEach((key, members) -> print(context, key, members));
      int shown = groups.values().stream().mapToInt(List::size).sum();
      context.console().out().println(shown + (shown == 1 ? " snapshot" : " snapshots"));
      context.console().out().flush();
    }
    return damage.end();
  }

  private List<Snapshot> lastOfEach(List<Snapshot> sorted) {
    Map<GroupKey, List<Snapshot>> groups =
        sorted.stream()
            .collect(
                Collectors.groupingBy(snapshot -> GroupKey.of(snapshot, GroupKey.HOST_AND_PATHS)));
    List<Snapshot> kept =
        groups.values().stream()
            .flatMap(group -> group.stream().skip(Math.max(0, group.size() - latest)))
            .collect(Collectors.toCollection(ArrayList::new));
    kept.sort(Snapshots.BY_TIME);
    return kept;
  }

  private static ArrayNode grouped(Map<GroupKey, List<Snapshot>> groups) throws IOException {
    ArrayNode all = Json.array();
    for (Map.Entry<GroupKey, List<Snapshot>> group : groups.entrySet()) {
      ObjectNode one = all.addObject();
      one.set("group_key", GroupJson.of(group.getKey()));
      one.set("snapshots", array(group.getValue()));
    }
    return all;
  }

  private static ArrayNode array(List<Snapshot> snapshots) throws IOException {
    ArrayNode all = Json.array();
    for (Snapshot snapshot : snapshots) {
      all.add(SnapshotJson.of(snapshot));
    }
    return all;
  }

  private static void print(CommandContext context, GroupKey key, List<Snapshot> snapshots) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"ID", "Time", "Host", "Tags", "Paths", "Size"});
    for (Snapshot snapshot : snapshots) {
      rows.add(
          new String[] {
            snapshot.id().brief(),
            TIME.format(snapshot.time().atZoneSameInstant(java.time.ZoneId.systemDefault())),
            TerminalText.escape(snapshot.hostname()),
            TerminalText.escape(String.join(",", snapshot.tags())),
            TerminalText.escape(String.join(", ", snapshot.paths())),
            snapshot
                .summary()
                .map(SnapshotSummary::totalBytesProcessed)
                .map(Units::bytes)
                .orElse("")
          });
    }
    if (!key.isEmpty()) {
      context.console().out().println("snapshots for " + TerminalText.escape(key.text()) + ":");
    }
    Table.print(context.console().out(), rows);
    context.console().out().println();
  }
}
