package io.cloudstic.restic.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a node is: the names from the root of a walk down to it. Immutable; shares the part above
 * with its siblings, so that a path costs as much as a name.
 */
public final class NodePath {
  /** The root of a walk, which has no name. */
  public static final NodePath ROOT = new NodePath(null, null);

  private final NodePath parent;
  private final NodeName name;

  private NodePath(NodePath parent, NodeName name) {
    this.parent = parent;
    this.name = name;
  }

  /**
   * The path of a text whose segments are joined by {@code /}; empty ones and {@code .} do not
   * count.
   */
  public static NodePath parse(String text) {
    NodePath path = ROOT;
    for (String segment : text.split("/")) {
      if (!segment.isEmpty() && !segment.equals(".")) {
        path = path.child(NodeName.of(segment));
      }
    }
    return path;
  }

  /** The entry of that name in this directory. */
  public NodePath child(NodeName child) {
    return new NodePath(this, child);
  }

  /** The directory that holds it; null for the root. */
  public NodePath parent() {
    return parent;
  }

  /** Its own name; null for the root. */
  public NodeName name() {
    return name;
  }

  /** Whether it is the root. */
  public boolean isRoot() {
    return parent == null;
  }

  /** All names, from the root down. */
  public List<NodeName> names() {
    List<NodeName> names = new ArrayList<>();
    for (NodePath at = this; at.parent != null; at = at.parent) {
      names.add(at.name);
    }
    Collections.reverse(names);
    return names;
  }

  /** Names joined and led by {@code /}, well-formed as in {@link NodeName#display}. */
  public String display() {
    return isRoot() ? "/" : "/" + relative();
  }

  /** Names joined by {@code /} without a leading one, as patterns want it. */
  public String relative() {
    StringBuilder text = new StringBuilder();
    for (NodeName each : names()) {
      text.append(text.length() == 0 ? "" : "/").append(each.display());
    }
    return text.toString();
  }

  /** As {@link #display}, harmless for a terminal. */
  public String terminalSafe() {
    StringBuilder text = new StringBuilder();
    for (NodeName each : names()) {
      text.append('/').append(each.terminalSafe());
    }
    return text.length() == 0 ? "/" : text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodePath path && names().equals(path.names());
  }

  @Override
  public int hashCode() {
    return isRoot() ? 0 : 31 * parent.hashCode() + name.hashCode();
  }

  /** As {@link #terminalSafe}. */
  @Override
  public String toString() {
    return terminalSafe();
  }
}
