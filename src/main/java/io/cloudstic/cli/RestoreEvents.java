package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.restore.RestoreListener;
import io.cloudstic.restore.RestoreProblem;

/** Tells of single entries while they are restored. Thread-safe. */
final class RestoreEvents implements RestoreListener {
  private final CommandContext context;
  private final boolean dryRun;
  private final boolean plan;

  /**
   * Tells a command's user.
   *
   * @param plan whether a dry run shows every step
   */
  RestoreEvents(CommandContext context, boolean dryRun, boolean plan) {
    this.context = context;
    this.dryRun = dryRun;
    this.plan = dryRun && plan;
  }

  @Override
  public void done(NodePath path, Node node, Action action) {
    if (action == Action.LEFT_OUT) {
      context.remark("left out, it cannot be made there: %s %s", node.typeWord(), path.display());
    }
    boolean told = context.global().verbose || plan;
    if (told && context.global().json) {
      printAction(action.word(), path, node.type() == NodeType.FILE ? node.size() : 0);
    } else if (plan && (action == Action.RESTORED || action == Action.UPDATED)) {
      String verb = action == Action.UPDATED ? "replace" : "upload";
      String step = node.type() == NodeType.DIR ? "make folder" : verb;
      context.console().out().println("would " + step + " " + path.terminalSafe());
    } else if (told) {
      context.console().note(action.word() + " " + path.terminalSafe());
    }
  }

  @Override
  public void deleted(NodePath path, long size) {
    if ((dryRun || context.global().verbose) && context.global().json) {
      printAction("deleted", path, size);
    } else if (dryRun) {
      context.console().out().println("would delete " + path.terminalSafe());
    } else if (context.global().verbose) {
      context.console().note("deleted " + path.terminalSafe());
    }
  }

  /** A line of restic's. */
  private void printAction(String action, NodePath path, long size) {
    ObjectNode line = Json.object();
    line.put("message_type", "verbose_status");
    line.put("action", action);
    line.put("item", path.display());
    line.put("size", size);
    context.printJson(line);
  }

  @Override
  public void renamed(NodePath path, String localName) {
    context.remark("%s is restored as %s", path.display(), localName);
  }

  @Override
  public void problem(RestoreProblem problem) {
    if (context.global().json) {
      ObjectNode line = Json.object();
      line.put("message_type", "error");
      line.put("item", problem.path().display());
      line.putObject("error").put("message", problem.message());
      line.put("during", "restore");
      context.printJson(line);
    }
    context
        .console()
        .note(problem.path().terminalSafe() + ": " + TerminalText.escape(problem.message()));
  }
}
