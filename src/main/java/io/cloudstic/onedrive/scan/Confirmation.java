package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Asks Graph for single items where a feed contradicts itself: two of one name in a folder, of
 * which one is dead without a tombstone; items whose parent is unknown, or in a circle. Bounded;
 * what remains is reported by {@link Unplaced}.
 */
final class Confirmation {
  private static final int ROUNDS = 4;
  private static final int BATCH = 200;

  private final ScanContext scan;
  private final Unplaced unplaced;
  private final Set<String> asked = new HashSet<>();

  Confirmation(ScanContext scan) {
    this.scan = scan;
    this.unplaced = new Unplaced(scan);
  }

  /** Removes the dead ones of items that share folder and name. */
  void namesakes() {
    for (String key : scan.catalogue.placement().namesakes(scan.limits().confirmations())) {
      CataloguedItem item = scan.items.get(key);
      if (item != null && mayAsk(key)) {
        ask(() -> scan.confirm(item.id(), key));
      }
    }
    int left = scan.catalogue.placement().namesakes(scan.limits().confirmations()).size();
    if (left > 0) {
      scan.report.warn(
          "items with the same name in the same folder: all but one of each are saved under a name"
              + " with ~ and eight digits added");
    }
  }

  /** Finds a place for items that no chain of parents leads to. */
  void unplaced() {
    for (int round = 0; round < ROUNDS; round++) {
      scan.catalogue.placement().update();
      List<String> keys = scan.catalogue.placement().unplaced().first(BATCH);
      if (keys.isEmpty() || !resolve(keys)) {
        break;
      }
    }
  }

  /** Whether anything was learnt. */
  private boolean resolve(List<String> keys) {
    boolean learnt = false;
    boolean anyTop = false;
    for (String key : keys) {
      CataloguedItem item = scan.items.get(key);
      if (item != null && !unplaced.hasKnownParent(item)) {
        anyTop = true;
        learnt |= askForParent(item);
      }
    }
    if (anyTop) {
      return learnt;
    }
    for (String key : keys) {
      CataloguedItem item = scan.items.get(key);
      if (item != null && mayAsk(key)) {
        ask(() -> scan.confirm(item.id(), key));
        learnt = true;
      }
    }
    return learnt;
  }

  private boolean askForParent(CataloguedItem item) {
    boolean named = item.parent() != null && !item.parent().isEmpty();
    // Where folders of the drive were never listed, an unknown parent is nothing remarkable.
    if (named && !scan.state().wholeDrive()) {
      return false;
    }
    if (named && mayAsk(item.parent()) && ask(() -> scan.lookUp(item.parent()))) {
      return true;
    }
    if (!mayAsk(item.key())) {
      return false;
    }
    ask(() -> scan.confirm(item.id(), item.key()));
    return true;
  }

  /** Whether the item is alive, as far as can be told. */
  private static boolean ask(Supplier<DriveItem> question) {
    try {
      return question.get() != null;
    } catch (GraphException e) {
      if (e.status() == 401 || e.status() == 0) {
        throw e;
      }
      return false;
    }
  }

  private boolean mayAsk(String key) {
    return asked.size() < scan.limits().confirmations() && asked.add(key);
  }
}
