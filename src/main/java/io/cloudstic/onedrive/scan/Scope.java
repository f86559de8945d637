package io.cloudstic.onedrive.scan;

import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.FeedEntry;
import io.cloudstic.onedrive.catalogue.Items.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the folder that is backed up: the drive's root, or the one at the path asked for. */
final class Scope {
  private final ScanContext scan;

  Scope(ScanContext scan) {
    this.scan = scan;
  }

  /** Makes sure that the drive's root is known, without a call where a feed told it. */
  void ensureRoot() {
    if (scan.state().rootKey() == null) {
      fetchRoot();
    }
  }

  /** Asks for the drive's root. */
  FeedEntry fetchRoot() {
    FeedEntry root = FeedEntry.of(scan.graph.root(scan.driveId), scan.ids).asRoot();
    scan.setRoot(root.key(), root.id());
    return root;
  }

  /** Whether the folder known as the scope still stands at the path, as far as is known. */
  boolean isSettled() {
    if (scan.rules.scope().isEmpty()) {
      return scan.state().scopeKey() != null;
    }
    List<String> names = new ArrayList<>();
    Set<String> climbed = new HashSet<>();
    String key = scan.state().scopeKey();
    while (key != null && climbed.add(key)) {
      Link link = scan.items.link(key);
      if (link == null) {
        return false;
      }
      if (link.kind() == ItemKind.ROOT) {
        Collections.reverse(names);
        return sameNames(names, scan.rules.scope());
      }
      names.add(link.name());
      key = link.parent();
    }
    return false;
  }

  /**
   * Finds the folder by asking Graph, and the folders above it.
   *
   * @return their entries from the top down, the scope folder last; none for the whole drive
   * @throws UsageException when there is no such folder
   */
  List<FeedEntry> find() {
    List<FeedEntry> chain = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    for (String segment : scan.rules.scope()) {
      path.append(path.length() == 0 ? "" : "/").append(segment);
      chain.add(FeedEntry.of(folderAt(path.toString()), scan.ids));
    }
    if (!chain.isEmpty()) {
      FeedEntry scope = chain.get(chain.size() - 1);
      scan.setScope(scope.key(), scope.id());
    }
    return chain;
  }

  private DriveItem folderAt(String path) {
    DriveItem item;
    try {
      item = scan.graph.itemAt(scan.driveId, path);
    } catch (GraphException e) {
      if (e.status() != 400 && e.status() != 404) {
        throw e;
      }
      // Paths with + % # ' have led astray where ids do not (onedrive-api-docs#351 #555 #957).
      item = byChildren(path);
    }
    if (item != null && item.kind() == ItemKind.FOLDER) {
      return item;
    }
    throw new UsageException(
        "there is no folder /" + path + " in the drive",
        "look the folder's path up in OneDrive, and name it after -source onedrive:");
  }

  /** Climbs down from the root by listing; null when a name is not there. */
  private DriveItem byChildren(String path) {
    DriveItem at = scan.graph.root(scan.driveId);
    for (String name : path.split("/")) {
      at = child(at.id(), name);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private DriveItem child(String folder, String name) {
    FeedReader pages =
        FeedReader.ofListing(scan.environment, () -> scan.graph.children(scan.driveId, folder));
    DriveItem found = null;
    while (found == null && !pages.atEnd()) {
      for (DriveItem item : pages.next().items()) {
        if (item.name() != null && item.name().equalsIgnoreCase(name)) {
          found = item;
        }
      }
    }
    return found;
  }

  /** As OneDrive compares names. */
  private static boolean sameNames(List<String> names, List<String> others) {
    boolean same = names.size() == others.size();
    for (int i = 0; same && i < names.size(); i++) {
      same = names.get(i).equalsIgnoreCase(others.get(i));
    }
    return same;
  }
}
