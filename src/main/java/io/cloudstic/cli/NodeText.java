package io.cloudstic.cli;

import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** An entry as {@code ls} and {@code find} print it. */
final class NodeText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  private NodeText() {}

  /** Its path alone, or mode, owner, group, size and time before it, and where a link leads. */
  static String of(NodePath path, Node node, boolean details) {
    if (!details) {
      return path.terminalSafe();
    }
    String target =
        node.type() == NodeType.SYMLINK
            ? " -> " + NodeName.of(node.linkTarget()).terminalSafe()
            : "";
    return String.format(
        "%s %5d %5d %6d %s %s%s",
        FileMode.text(node.mode()),
        node.uid(),
        node.gid(),
        node.size(),
        TIME.format(node.mtime()),
        path.terminalSafe(),
        target);
  }
}
