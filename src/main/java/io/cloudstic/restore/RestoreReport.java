package io.cloudstic.restore;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.FileFault;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Counts what happens and passes it on to the listener, one call at a time. Thread-safe. */
final class RestoreReport {
  private static final int NAMES_SHOWN = 5;

  private final RestoreListener listener;
  private long totalFiles;
  private long filesRestored;
  private long filesSkipped;
  private long filesDeleted;
  private long totalBytes;
  private long bytesRestored;
  private long bytesSkipped;
  private long filesRenamed;
  private long filesVerified;
  private long filesLeftOut;
  private long attributesLeftOut;
  private final Set<String> attributeNames = new LinkedHashSet<>();
  private long errors;
  private long damages;

  RestoreReport(RestoreListener listener) {
    this.listener = listener;
  }

  synchronized void found(Node node) {
    totalFiles++;
    totalBytes += sizeOf(node);
  }

  synchronized void done(NodePath path, Node node, RestoreListener.Action action) {
    switch (action) {
      case RESTORED, UPDATED -> {
        filesRestored++;
        bytesRestored += sizeOf(node);
      }
      case UNCHANGED, KEPT -> {
        filesSkipped++;
        bytesSkipped += sizeOf(node);
      }
      case LEFT_OUT -> filesLeftOut++;
    }
    listener.done(path, node, action);
  }

  synchronized void renamed(NodePath path, String localName) {
    filesRenamed++;
    listener.renamed(path, localName);
  }

  /** It was in the target, and goes. */
  synchronized void deleted(NodePath path, long size) {
    filesDeleted++;
    listener.deleted(path, size);
  }

  synchronized void verified() {
    filesVerified++;
  }

  /** An extended attribute cannot be set here. */
  synchronized void attributeLeftOut(String name) {
    attributesLeftOut++;
    if (attributeNames.size() < NAMES_SHOWN) {
      attributeNames.add(TerminalText.escape(name));
    } else if (!attributeNames.contains(TerminalText.escape(name))) {
      attributeNames.add("…");
    }
  }

  /** The target is at fault. */
  void problem(NodePath path, IOException e) {
    problem(new RestoreProblem(path, reason(e), false));
  }

  /** The repository is at fault. */
  void problem(NodePath path, RepositoryException e) {
    problem(
        new RestoreProblem(
            path, TerminalText.escape(e.getMessage()), e.exitCode() == ExitCode.DAMAGED));
  }

  void problem(NodePath path, String message) {
    problem(new RestoreProblem(path, message, false));
  }

  synchronized void problem(RestoreProblem problem) {
    errors++;
    damages += problem.damage() ? 1 : 0;
    listener.problem(problem);
  }

  synchronized RestoreSummary summary() {
    return new RestoreSummary(
        totalFiles,
        filesRestored,
        filesSkipped,
        filesDeleted,
        totalBytes,
        bytesRestored,
        bytesSkipped,
        filesRenamed,
        filesVerified,
        filesLeftOut,
        attributesLeftOut,
        List.copyOf(attributeNames),
        errors,
        damages);
  }

  private static long sizeOf(Node node) {
    return node.type() == NodeType.FILE ? node.size() : 0;
  }

  /** Why a file could not be written, fit for a terminal. */
  static String reason(IOException e) {
    return TerminalText.escape(FileFault.reason(e));
  }
}
