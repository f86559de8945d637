package io.cloudstic.history;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import java.time.ZoneOffset;
import java.util.Objects;

/** When restic calls two nodes different. */
final class Contents {
  private Contents() {}

  /** Whether both sides are files with other blobs. */
  static boolean differ(Pair pair) {
    return pair.before().type() == NodeType.FILE
        && pair.after().type() == NodeType.FILE
        && !Objects.equals(pair.before().content(), pair.after().content());
  }

  /** Whether anything of them differs, content and entries included; names do not count. */
  static boolean metadataDiffers(Pair pair) {
    return !inUtc(pair.before())
        .equals(inUtc(pair.after().toBuilder().name(pair.before().name()).build()));
  }

  /** The same moment in another zone is no difference. */
  private static Node inUtc(Node node) {
    return node.toBuilder()
        .mtime(node.mtime().withOffsetSameInstant(ZoneOffset.UTC))
        .atime(node.atime().withOffsetSameInstant(ZoneOffset.UTC))
        .ctime(node.ctime().withOffsetSameInstant(ZoneOffset.UTC))
        .build();
  }
}
