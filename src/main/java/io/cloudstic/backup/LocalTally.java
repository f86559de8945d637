package io.cloudstic.backup;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import java.util.ArrayList;
import java.util.List;

/** Counts the entries of a directory against those of its previous snapshot. Thread-safe. */
final class LocalTally {
  /** A ledger longer than this helps nobody; what is beyond it is counted. */
  private static final int MOST_FAILURES = 10_000;

  private long filesNew;
  private long filesChanged;
  private long filesUnmodified;
  private long filesRemoved;
  private long filesFailed;
  private long filesSkipped;
  private long dirsNew;
  private long dirsChanged;
  private long dirsUnmodified;
  private long dirsRemoved;
  private long bytes;
  private final List<Failure> failures = new ArrayList<>();

  /** As in restic, links, pipes and devices are entries but count as nothing. */
  synchronized void file(Node before, Node node) {
    if (node.type() != NodeType.FILE) {
      return;
    }
    bytes += node.size();
    if (before == null || before.type() != node.type()) {
      filesNew++;
    } else if (before.equals(node)) {
      filesUnmodified++;
    } else {
      filesChanged++;
    }
  }

  synchronized void unmodified(Node node) {
    bytes += node.size();
    filesUnmodified++;
  }

  synchronized void directory(Node before, Node node) {
    if (before == null || before.type() != NodeType.DIR) {
      dirsNew++;
    } else if (before.equals(node)) {
      dirsUnmodified++;
    } else {
      dirsChanged++;
    }
  }

  synchronized void removed(Node node) {
    if (node.type() == NodeType.DIR) {
      dirsRemoved++;
    } else if (node.type() == NodeType.FILE) {
      filesRemoved++;
    }
  }

  synchronized void failed(Failure failure) {
    filesFailed++;
    if (failures.size() < MOST_FAILURES) {
      failures.add(failure);
    }
  }

  synchronized void skipped() {
    filesSkipped++;
  }

  synchronized List<Failure> failures() {
    return List.copyOf(failures);
  }

  synchronized EntryCounts counts() {
    return new EntryCounts(
        filesNew,
        filesChanged,
        filesUnmodified,
        filesRemoved,
        filesFailed,
        filesSkipped,
        dirsNew,
        dirsChanged,
        dirsUnmodified,
        dirsRemoved,
        bytes);
  }
}
