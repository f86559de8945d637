package io.cloudstic.local;

import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * The node that {@code restic backup} writes for an item (restic's {@code nodeFromFileInfo}, as of
 * 0.14): the access time is the modification time, only files have a size, directories no number of
 * links.
 */
public final class LocalNode {
  private final ZoneId zone;

  /** Nodes whose times are written with the offset of this zone; restic uses the system's. */
  public LocalNode(ZoneId zone) {
    this.zone = zone;
  }

  /** All of an item but its content or subtree, which the caller adds. */
  public Node.Builder of(LocalItem item) {
    OffsetDateTime modified = at(item.modified());
    Node.Builder node =
        Node.builder(NodeName.of(item.name()), item.type())
            .mode(FileMode.fromUnix(item.mode()))
            .mtime(modified)
            .atime(modified)
            .ctime(at(item.changed()))
            .owner(item.uid(), item.gid())
            .ownerNames(item.user(), item.group())
            .inode(item.inode())
            .deviceId(item.deviceId())
            .extendedAttributes(
                item.xattrs().stream()
                    .map(xattr -> new ExtendedAttribute(xattr.name(), xattr.value()))
                    .toList());
    switch (item.type()) {
      case FILE -> node.size(item.size()).links(item.links());
      case SYMLINK -> node.linkTarget(item.linkTarget()).links(item.links());
      case DEV, CHARDEV -> node.device(item.device()).links(item.links());
      default -> {}
    }
    return node;
  }

  private OffsetDateTime at(Instant instant) {
    return instant.atZone(zone).toOffsetDateTime();
  }
}
