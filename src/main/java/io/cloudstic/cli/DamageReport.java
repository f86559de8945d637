package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TerminalText;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the repository a command could not read while it did the rest of its work: told on stderr
 * as it comes up, with {@code -quiet} too, and once more by the exit code.
 */
final class DamageReport implements Snapshots.Unreadable {
  private final CommandContext context;
  private final Set<Id> snapshots = new TreeSet<>();

  DamageReport(CommandContext context) {
    this.context = context;
  }

  /** A snapshot that the command goes on without. */
  @Override
  public void snapshot(Id id, RepositoryException why) {
    if (snapshots.add(id)) {
      tell("snapshot " + id.brief() + " is left out: " + why.getMessage());
    }
  }

  /** A directory of a snapshot that the command takes for empty. */
  void directory(Snapshot snapshot, NodePath path, RepositoryException why) {
    snapshots.add(snapshot.id());
    tell(
        "snapshot %s: what is in %s is left out: %s"
            .formatted(snapshot.id().brief(), path.isRoot() ? "/" : path, why.getMessage()));
  }

  private void tell(String text) {
    context.console().note("cloudstic: " + TerminalText.escape(text));
  }

  boolean isEmpty() {
    return snapshots.isEmpty();
  }

  /** Whose files, or directories, could not be read. */
  Set<Id> snapshots() {
    return Set.copyOf(snapshots);
  }

  /** Names the snapshots in a result, if there are any. */
  void addTo(ObjectNode document) {
    if (!snapshots.isEmpty()) {
      ArrayNode damaged = document.putArray("damaged_snapshots");
      snapshots.forEach(id -> damaged.add(id.hex()));
    }
  }

  /** How the command ends that did all the rest. */
  ExitCode end() {
    if (snapshots.isEmpty()) {
      return ExitCode.DONE;
    }
    tell(
        "the repository is damaged: %d snapshot%s could not be read, or not in whole"
            .formatted(snapshots.size(), snapshots.size() == 1 ? "" : "s"));
    context.console().note("  see what is lost: cloudstic check; then: cloudstic repair snapshots");
    return ExitCode.DAMAGED;
  }
}
