package io.cloudstic.restore;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.client.Destination;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.DriveFolder.NameTakenException;
import io.cloudstic.restore.RestoreListener.Action;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Puts single files into a drive. What is there with the same size and hash is not sent again.
 * Thread-safe.
 */
final class DriveFileRestorer {
  /** More files of one name are a mistake somewhere else. */
  private static final int MOST_NAMES = 1000;

  private final DriveFolder.Drive drive;
  private final ContentReader reader;
  private final Conflict conflict;
  private final RestoreReport report;

  DriveFileRestorer(
      DriveFolder.Drive drive, ContentReader reader, Conflict conflict, RestoreReport report) {
    this.drive = drive;
    this.reader = reader;
    this.conflict = conflict;
    this.report = report;
  }

  /**
   * Restores a file.
   *
   * @throws NameTakenException when something else is there and must stay
   * @throws io.cloudstic.restic.RepositoryException when content is missing or damaged
   * @throws GraphException when Graph refuses
   * @throws IOException when what was sent is not what is there afterwards
   */
  Action bring(DriveFolder folder, String name, NodePath path, Node node) throws IOException {
    BlobContent content = new BlobContent(reader, node.content());
    String free = name;
    Optional<DriveItem> there = folder.child(drive, name);
    for (int n = 1; there.isPresent(); n++) {
      DriveItem item = there.get();
      if (isEqual(item, content)) {
        correctTimes(item, node);
        noteName(path, name, free);
        return Action.UNCHANGED;
      }
      if (conflict == Conflict.REPLACE && item.kind() == ItemKind.FILE) {
        send(folder, name, true, node, content);
        return Action.UPDATED;
      }
      if (conflict != Conflict.RENAME || n > MOST_NAMES) {
        throw new NameTakenException(
            item.kind() == ItemKind.FILE
                ? "another file of that name is in the drive; it was not touched"
                : "a folder of that name is in the drive");
      }
      free = numbered(name, n);
      there = folder.child(drive, free);
    }
    send(folder, free, false, node, content);
    noteName(path, name, free);
    return Action.RESTORED;
  }

  private void noteName(NodePath path, String name, String given) {
    if (!name.equals(given)) {
      report.renamed(path, given);
    }
  }

  /** As Windows and OneDrive number copies. */
  private static String numbered(String name, int number) {
    int dot = name.lastIndexOf('.');
    return dot > 0
        ? name.substring(0, dot) + " " + number + name.substring(dot)
        : name + " " + number;
  }

  private void send(
      DriveFolder folder, String name, boolean replace, Node node, BlobContent content)
      throws IOException {
    DriveWriter writer = drive.writer();
    if (writer == null) {
      return;
    }
    Destination to =
        new Destination(
            drive.id(), folder.id(), name, replace, created(node), node.mtime().toInstant());
    DriveItem made;
    try {
      made = writer.put(to, content);
    } catch (GraphException e) {
      made = e.status() == 409 && !replace ? sentBefore(folder, name, content, e) : null;
      if (made == null) {
        throw e;
      }
      correctTimes(made, node);
    }
    if (!isEqual(made, content)) {
      // Hashes may come a moment later than the item.
      made = drive.graph().item(drive.id(), made.id());
      if (!isEqual(made, content)) {
        throw new IOException("what the drive shows is not what was sent: other size or hash");
      }
    }
    folder.put(made);
    report.verified();
  }

  /** An attempt of ours whose answer was lost may have put the file there. */
  private DriveItem sentBefore(
      DriveFolder folder, String name, BlobContent content, GraphException e) throws IOException {
    Optional<DriveItem> there = drive.writer().child(drive.id(), folder.id(), name);
    return there.isPresent() && isEqual(there.get(), content) ? there.get() : null;
  }

  /** Without a hash only an empty file is known to be equal, or one of the same size just sent. */
  private static boolean isEqual(DriveItem item, BlobContent content) throws IOException {
    if (item.kind() != ItemKind.FILE || item.size() != content.size()) {
      return false;
    }
    String hash = item.hashes().quickXor();
    return content.size() == 0 || hash != null && hash.equals(content.quickXor());
  }

  private void correctTimes(DriveItem item, Node node) {
    Instant modified = DriveWriter.ticks(node.mtime().toInstant());
    if (drive.writer() != null && !modified.equals(item.modified())) {
      drive.writer().setTimes(drive.id(), item.id(), created(node), modified);
    }
  }

  /** The creation time that the drive gave, where the snapshot is of a drive; else null. */
  static Instant created(Node node) {
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      if (attribute.name().equals(ItemFacts.ATTRIBUTE) && attribute.value() != null) {
        ItemFacts facts = ItemFacts.fromJson(attribute.value());
        return facts == null ? null : facts.created();
      }
    }
    return null;
  }
}
