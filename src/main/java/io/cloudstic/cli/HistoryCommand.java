package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.history.FileHistory;
import io.cloudstic.history.FileVersion;
import io.cloudstic.history.FileVersion.Event;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import java.io.PrintWriter;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cloudstic history}: what became of one file in all snapshots. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic history /Documents/letter.docx",
      "cloudstic history -host anna@contoso.com -json /Documents/letter.docx"
    })
final class HistoryCommand extends Command {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  @Parameters(index = "0", paramLabel = "PATH", description = "as ls prints it")
  String path;

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Override
  ExitCode run(CommandContext context) {
    NodePath wanted = NodePath.parse(path);
    if (wanted.isRoot()) {
      throw new UsageException(
          "history wants the path of a file or folder, not the root", "see: cloudstic list");
    }
    Map<GroupKey, List<FileVersion>> histories = new LinkedHashMap<>();
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      groups(repository, damage)
          .forEach(
              (source, snapshots) -> {
                List<FileVersion> versions = FileHistory.of(repository, snapshots, wanted, damage);
                if (!versions.isEmpty()) {
                  histories.put(source, versions);
                }
              });
    }
    if (global.json) {
      ObjectNode document = json(wanted, histories);
      damage.addTo(document);
      context.printJson(document);
    } else if (!histories.isEmpty() || !damage.isEmpty()) {
      histories.forEach((source, versions) -> print(context.console().out(), source, versions));
      context.console().out().flush();
    } else {
      throw new CloudsticException(
          ExitCode.FAILED,
          "no snapshot holds " + wanted,
          "search by its name with: cloudstic find " + ShellWord.of(wanted.name().terminalSafe()),
          null);
    }
    return damage.end();
  }

  /** The snapshots of each source, oldest first. */
  private Map<GroupKey, List<Snapshot>> groups(Repository repository, DamageReport damage) {
    Map<GroupKey, List<Snapshot>> groups = new TreeMap<>();
    repository
        .snapshots()
        .forEach(
            which.filter(),
            snapshot ->
                groups
                    .computeIfAbsent(
                        GroupKey.of(snapshot, GroupKey.HOST_AND_PATHS), key -> new ArrayList<>())
                    .add(snapshot),
            damage);
    groups.values().forEach(snapshots -> snapshots.sort(Snapshots.BY_TIME));
    return groups;
  }

  private static ObjectNode json(NodePath path, Map<GroupKey, List<FileVersion>> histories) {
    ObjectNode document = Json.object();
    document.put("path", path.display());
    ArrayNode all = document.putArray("histories");
    histories.forEach(
        (source, versions) -> {
          ObjectNode one = all.addObject();
          one.set("group_key", GroupJson.of(source));
          ArrayNode list = one.putArray("versions");
          versions.forEach(version -> list.add(json(version)));
        });
    return document;
  }

  private static ObjectNode json(FileVersion version) {
    ObjectNode json = Json.object();
    json.put("event", version.event().word());
    json.put("snapshot", version.snapshot().id().hex());
    json.put("time", GoTime.format(version.snapshot().time()));
    json.put("path", version.path().display());
    if (version.previousPath() != null) {
      json.put("previous_path", version.previousPath().display());
    }
    if (version.event() != Event.REMOVED) {
      json.put("type", version.node().typeWord());
      if (version.node().type() == NodeType.FILE) {
        json.put("size", version.node().size());
      }
      json.put("mtime", GoTime.format(version.node().mtime()));
    }
    return json;
  }

  private static void print(PrintWriter out, GroupKey source, List<FileVersion> versions) {
    out.println(TerminalText.escape(source.text()) + ":");
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Snapshot", "Time", "Event", "Size", "Modified", "Path"});
    for (FileVersion version : versions) {
      boolean there = version.event() != Event.REMOVED;
      boolean file = there && version.node().type() == NodeType.FILE;
      String from =
          version.previousPath() == null ? "" : version.previousPath().terminalSafe() + " -> ";
      rows.add(
          new String[] {
            version.snapshot().id().brief(),
            time(version.snapshot().time()),
            version.event().word(),
            file ? Units.bytes(version.node().size()) : "",
            there ? time(version.node().mtime()) : "",
            from + version.path().terminalSafe()
          });
    }
    Table.print(out, rows);
    out.println();
  }

  private static String time(OffsetDateTime time) {
    return TIME.format(time.atZoneSameInstant(ZoneId.systemDefault()));
  }
}
