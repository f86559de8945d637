package io.cloudstic.simulator.drive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * All items in the order of their last change, as a list threaded through the items themselves, so
 * that a change costs no memory. Guarded by the model's lock.
 */
final class ChangeLog {
  private Item newest;
  private long sequence;

  /** The number of the last change. */
  long sequence() {
    return sequence;
  }

  /** The item changed now: it moves to the end. */
  void record(Item item) {
    remove(item);
    item.change = ++sequence;
    item.older = newest;
    if (newest != null) {
      newest.newer = item;
    }
    newest = item;
  }

  /** The feed will never mention the item's last change. */
  void remove(Item item) {
    if (item.older != null) {
      item.older.newer = item.newer;
    }
    if (item.newer != null) {
      item.newer.older = item.older;
    }
    if (newest == item) {
      newest = item.older;
    }
    item.older = null;
    item.newer = null;
  }

  /** What changed after the given number, newest first. */
  List<Item> since(long number) {
    return newestWhile(item -> item.change > number);
  }

  /** The items from the newest back to the first that does not fit. */
  List<Item> newestWhile(Predicate<Item> fits) {
    List<Item> items = new ArrayList<>();
    for (Item at = newest; at != null && fits.test(at); at = at.older) {
      items.add(at);
    }
    return items;
  }
}
