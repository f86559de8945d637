package io.cloudstic.restic.tree;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One directory as it was read.
 *
 * @param nodes its entries, in the order of the blob: sorted by name, unless a faulty program wrote
 *     it
 * @param unknownFields names of fields, in the tree or its nodes, that this program does not know
 *     and therefore would lose; at most a few are kept
 */
public record Tree(List<Node> nodes, Set<String> unknownFields) {
  /** Copies both. */
  public Tree {
    nodes = List.copyOf(nodes);
    unknownFields = Set.copyOf(unknownFields);
  }

  /** The entry of that name. All are looked at, because trees out of order exist. */
  public Optional<Node> find(NodeName name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }
}
