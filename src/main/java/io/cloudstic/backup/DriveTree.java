package io.cloudstic.backup;

import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.DriveVisitor;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.StoredContent;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.TreeEncoder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The trees of a drive, built while the catalogue shows what the snapshot holds. Every field of a
 * node is a function of the item, so that unchanged folders give the same tree again.
 */
final class DriveTree implements DriveVisitor {
  private static final long FILE_MODE = 0644;
  private static final long FOLDER_MODE = FileMode.DIR | 0755;

  private final TreeSink trees;
  private final Deque<TreeEncoder> open = new ArrayDeque<>();

  DriveTree(TreeSink trees) {
    this.trees = trees;
    open.push(new TreeEncoder());
  }

  @Override
  public void enterFolder(CataloguedItem folder) {
    open.push(new TreeEncoder());
  }

  @Override
  public void file(CataloguedItem file) {
    StoredContent content = file.content();
    Node.Builder node =
        Node.file(NodeName.of(file.name()), content.blobs())
            .mode(FILE_MODE)
            .size(content.length())
            .links(1);
    open.peek().add(complete(node, file));
  }

  @Override
  public void leaveFolder(CataloguedItem folder) {
    Id tree = trees.save(open.pop().encode());
    Node.Builder node = Node.directory(NodeName.of(folder.name()), tree).mode(FOLDER_MODE);
    open.peek().add(complete(node, folder));
  }

  /** Saves the root. */
  Id finish() {
    return trees.save(open.pop().encode());
  }

  private static Node complete(Node.Builder node, CataloguedItem item) {
    Instant modified = item.nodeModified();
    return node.times(modified == null ? Instant.EPOCH : modified)
        .extendedAttributes(
            List.of(new ExtendedAttribute(ItemFacts.ATTRIBUTE, item.nodeFacts().toJson())))
        .build();
  }
}
