package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files are one file under several names: those with more than one link and equal inode and
 * device. The first one in the order of the snapshot has the content, the others are linked to it.
 * Only such files are remembered. Not thread-safe.
 */
final class HardLinks {
  private record Inode(long inode, long device) {}

  private final Map<Inode, Path> firstNames = new HashMap<>();

  /** Whether this name of the file is the first, or its only one. */
  boolean isFirst(Node node, Path file) {
    if (Long.compareUnsigned(node.links(), 1) <= 0 || node.inode() == 0) {
      return true;
    }
    Path first = firstNames.putIfAbsent(key(node), file);
    return first == null || first.equals(file);
  }

  /** The file's first name; there is one. */
  Path first(Node node) {
    return firstNames.get(key(node));
  }

  private static Inode key(Node node) {
    return new Inode(node.inode(), node.deviceId());
  }
}
