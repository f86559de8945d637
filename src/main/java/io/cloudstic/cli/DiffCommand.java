package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.history.Change;
import io.cloudstic.history.DiffStatistics;
import io.cloudstic.history.SnapshotDiff;
import io.cloudstic.history.SnapshotDiff.MoveStyle;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreePath;
import java.io.PrintWriter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic diff}: what changed between two snapshots. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic diff 40dc1520 latest",
      "cloudstic diff -metadata 40dc1520 79766175   times and owners as well",
      "cloudstic diff 40dc1520:/Documents latest:/Documents -json",
      "+ came, - left, M other content, T other type, U other metadata, R renamed or moved"
    })
final class DiffCommand extends Command {
  @Parameters(
      index = "0",
      paramLabel = "SNAPSHOT[:SUBPATH]",
      description = "before: latest, or the beginning of an id; with :SUBPATH that folder of it")
  String before;

  @Parameters(index = "1", paramLabel = "SNAPSHOT[:SUBPATH]", description = "after")
  String after;

  @Option(names = "-metadata", description = "tell changes of metadata alone, too")
  boolean metadata;

  /** A snapshot and the tree in it that is compared. */
  private record Side(Snapshot snapshot, Id tree) {}

  @Override
  ExitCode run(CommandContext context) {
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      Side first = side(repository, before);
      Side second = side(repository, after);
      Console console = context.console();
      PrintWriter out = console.out();
      JsonArray array = global.json ? console.jsonRows() : null;
      if (!global.json && !global.quiet) {
        out.printf("comparing snapshot %s to %s:%n%n", name(first), name(second));
      }
      MoveStyle style = global.json ? MoveStyle.TWICE : MoveStyle.ONCE;
      DiffStatistics statistics =
          new SnapshotDiff(repository, metadata, style)
              .run(
                  first.tree,
                  second.tree,
                  change -> {
                    console.checkResults();
                    if (array == null) {
                      out.println(text(change));
                    } else {
                      array.add(json(change));
                    }
                  });
      if (array != null) {
        array.add(json(statistics, first, second));
        array.end();
      } else {
        print(out, statistics);
      }
      out.flush();
    }
    return ExitCode.DONE;
  }

  private static Side side(Repository repository, String text) {
    SnapshotSpec spec = SnapshotSpec.parse(text);
    Snapshot snapshot = spec.find(repository, SnapshotFilter.ALL);
    Node node =
        TreePath.find(
            tree -> repository.loadBlob(BlobType.TREE, tree), snapshot.tree(), spec.path());
    if (node.type() != NodeType.DIR) {
      throw new CloudsticException(
          ExitCode.FAILED,
          spec.path() + " is not a directory in snapshot " + snapshot.id().brief(),
          "name the directory that holds it",
          null);
    }
    return new Side(snapshot, node.subtree());
  }

  private static String name(Side side) {
    return side.snapshot.id().brief();
  }

  private static String text(Change change) {
    String slash = change.directory() ? "/" : "";
    String moved =
        change.counterpart() == null ? "" : change.counterpart().terminalSafe() + slash + " -> ";
    return String.format(
        "%-5s%s%s%s", change.modifier(), moved, change.path().terminalSafe(), slash);
  }

  /** restic's line; a side of a move names the other one. */
  private static ObjectNode json(Change change) {
    ObjectNode line = Json.object();
    String slash = change.directory() ? "/" : "";
    line.put("message_type", "change");
    line.put("path", change.path().display() + slash);
    line.put("modifier", change.modifier());
    if (change.counterpart() != null) {
      line.put(
          change.modifier().equals("-") ? "renamed_to" : "renamed_from",
          change.counterpart().display() + slash);
    }
    return line;
  }

  private ObjectNode json(DiffStatistics statistics, Side first, Side second) {
    ObjectNode line = Json.object();
    line.put("message_type", "statistics");
    line.put("source_snapshot", before);
    line.put("target_snapshot", after);
    line.put("changed_files", statistics.changedFiles());
    line.set("added", json(statistics.added()));
    line.set("removed", json(statistics.removed()));
    line.put("renamed", statistics.renamed());
    line.put("source_id", first.snapshot.id().hex());
    line.put("target_id", second.snapshot.id().hex());
    return line;
  }

  private static ObjectNode json(DiffStatistics.Tally tally) {
    ObjectNode json = Json.object();
    json.put("files", tally.files());
    json.put("dirs", tally.dirs());
    json.put("others", tally.others());
    json.put("data_blobs", tally.dataBlobs());
    json.put("tree_blobs", tally.treeBlobs());
    json.put("bytes", tally.bytes());
    return json;
  }

  private static void print(PrintWriter out, DiffStatistics statistics) {
    DiffStatistics.Tally added = statistics.added();
    DiffStatistics.Tally removed = statistics.removed();
    out.println();
    out.printf(
        "Files:       %5d new, %5d removed, %5d changed%n",
        added.files(), removed.files(), statistics.changedFiles());
    out.printf("Dirs:        %5d new, %5d removed%n", added.dirs(), removed.dirs());
    out.printf("Others:      %5d new, %5d removed%n", added.others(), removed.others());
    out.printf("Data Blobs:  %5d new, %5d removed%n", added.dataBlobs(), removed.dataBlobs());
    out.printf("Tree Blobs:  %5d new, %5d removed%n", added.treeBlobs(), removed.treeBlobs());
    out.printf("  Added:   %s%n", Units.bytes(added.bytes(), 3));
    out.printf("  Removed: %s%n", Units.bytes(removed.bytes(), 3));
    if (statistics.renamed() > 0) {
      out.printf("Renamed or moved: %d, counted above as removed and new%n", statistics.renamed());
    }
  }
}
