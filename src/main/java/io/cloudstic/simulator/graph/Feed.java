package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Mix;
import io.cloudstic.simulator.drive.Trait;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one delta enumeration gives: entries in an order decided at its beginning, read page by page
 * from any position. An entry names an item and a view; the item's state is taken when its page is
 * written, so that changes made meanwhile show. What changed during the feed is appended to it, a
 * few times; what changes after that belongs to the next feed. Thread-safe.
 */
final class Feed {
  /** How often changes made during the feed are appended, so that it ends. */
  private static final int MOST_EXTENSIONS = 3;

  private final DriveModel drive;
  private final Item scope;
  private final FeedShape shape;
  private final FeedQuery query;
  private final boolean incremental;
  private final long salt;
  private final List<Entry> entries = new ArrayList<>();
  private long upTo;
  private int extensions;

  /** An item as one place of the feed tells it. */
  record Entry(Item item, View view) {}

  /** Entries of one page; {@code next} is the position after it, or -1 at the end. */
  record Slice(List<Entry> entries, int next) {}

  private Feed(
      DriveModel drive,
      Item scope,
      FeedShape shape,
      FeedQuery query,
      boolean incremental,
      long salt) {
    this.drive = drive;
    this.scope = scope;
    this.shape = shape;
    this.query = query;
    this.incremental = incremental;
    this.salt = salt;
  }

  /** Everything that is there. */
  static Feed everything(
      DriveModel drive, Item scope, FeedShape shape, FeedQuery query, long salt) {
    Feed feed = new Feed(drive, scope, shape, query, false, salt);
    drive.reading(
        () -> {
          feed.upTo = drive.sequence();
          List<Item> items = new ArrayList<>(drive.live());
          for (Item item : drive.changedSince(0)) {
            if (item.isDeleted()
                && Mix.chance(shape.strayTombstones(), salt ^ 0x70, item.ordinal())) {
              items.add(item);
            }
          }
          feed.add(items);
          return null;
        });
    return feed;
  }

  /** What the given items became since the feed before. */
  static Feed changes(
      DriveModel drive, Item scope, FeedShape shape, FeedQuery query, List<Item> items, long salt) {
    Feed feed = new Feed(drive, scope, shape, query, true, salt);
    drive.reading(
        () -> {
          feed.upTo = drive.sequence();
          List<Item> told = new ArrayList<>(items);
          if (!told.contains(drive.root())) {
            told.add(drive.root());
          }
          feed.add(told);
          return null;
        });
    return feed;
  }

  /** Nothing: the feed of {@code token=latest}. */
  static Feed nothing(DriveModel drive, Item scope, FeedShape shape, FeedQuery query) {
    Feed feed = new Feed(drive, scope, shape, query, true, 0);
    feed.upTo = drive.sequence();
    feed.extensions = MOST_EXTENSIONS;
    return feed;
  }

  DriveModel drive() {
    return drive;
  }

  Item scope() {
    return scope;
  }

  FeedQuery query() {
    return query;
  }

  long salt() {
    return salt;
  }

  /** The change number at which the next feed begins; final once the last page was cut. */
  synchronized long upTo() {
    return upTo;
  }

  private void add(List<Item> items) {
    Predicate<Item> told =
        item -> item.isWithin(scope) && !inVault(item) && query.shows(drive, item);
    List<Item> ordered = new ArrayList<>(items.stream().filter(told).toList());
    ordered.sort(Comparator.comparingInt(Item::ordinal));
    Random random = new Random(salt + entries.size());
    if (shape.shuffled()) {
      Collections.shuffle(ordered, random);
    }
    if (shape.has(Quirk.CHILDREN_FIRST)) {
      ordered.sort(Comparator.comparingInt(Feed::depth).reversed());
    }
    List<List<Entry>> older = new ArrayList<>();
    int count = ordered.size();
    for (int i = 0; i < count; i++) {
      older.add(null);
    }
    for (int i = 0; i < count; i++) {
      View view = earlierView(ordered.get(i), random);
      if (view != null) {
        int earlier = random.nextInt(i + 1);
        if (older.get(earlier) == null) {
          older.set(earlier, new ArrayList<>(1));
        }
        older.get(earlier).add(new Entry(ordered.get(i), view));
      }
    }
    for (int i = 0; i < count; i++) {
      if (older.get(i) != null) {
        entries.addAll(older.get(i));
      }
      entries.add(new Entry(ordered.get(i), View.TRUE));
    }
  }

  private static int depth(Item item) {
    int depth = 0;
    for (Item at = item.parent(); at != null; at = at.parent()) {
      depth++;
    }
    return depth;
  }

  /** As what an item comes before it comes as it is; null when it comes once. */
  private View earlierView(Item item, Random random) {
    if (!item.isRoot() && shape.has(item.isDeleted() ? Quirk.LIVE_FIRST : Quirk.TOMBSTONE_FIRST)) {
      return View.REVERSED;
    }
    boolean repeated =
        shape.has(Quirk.ALL_REPEATED) || Mix.chance(shape.repeated(), salt ^ 0x0D, item.ordinal());
    return repeated ? olderView(item, random) : null;
  }

  private static View olderView(Item item, Random random) {
    if (item.isRoot()) {
      return View.TRUE;
    }
    int roll = random.nextInt(16);
    if (roll == 0) {
      return View.OLD_CONTENT;
    }
    return roll < 6 ? View.OLD_NAME : roll < 11 ? View.OLD_PLACE : View.REVERSED;
  }

  private static boolean inVault(Item item) {
    for (Item at = item.parent(); at != null; at = at.parent()) {
      if (at.has(Trait.VAULT)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The page at a position.
   *
   * @param mayBeEmpty false right after an empty page, so that the feed goes on
   */
  synchronized Slice slice(int position, boolean mayBeEmpty) {
    if (position >= entries.size()) {
      extend();
    }
    if (mayBeEmpty && shape.has(Quirk.EMPTY_PAGES)
        || mayBeEmpty && Mix.chance(shape.emptyPages(), salt ^ 0xE0, position)) {
      return new Slice(List.of(), position);
    }
    int size = PageSize.at(query.top(), shape, salt, position);
    int end = (int) Math.min(entries.size(), (long) position + size);
    List<Entry> page = new ArrayList<>(entries.subList(Math.min(position, end), end));
    if (end == entries.size()) {
      extend();
    }
    addAncestors(page, position);
    return new Slice(page, end < entries.size() ? end : -1);
  }

  private void extend() {
    drive.reading(
        () -> {
          if (extensions < MOST_EXTENSIONS && drive.sequence() > upTo) {
            extensions++;
            List<Item> changed = drive.changedSince(upTo);
            upTo = drive.sequence();
            add(changed);
          }
          return null;
        });
  }

  /** The folders above the items of a page come on top of it, on business. */
  private void addAncestors(List<Entry> page, int position) {
    boolean wanted =
        drive.accountType() == AccountType.BUSINESS
            ? incremental || Mix.chance(shape.ancestors(), salt ^ 0xA0, position)
            : Mix.chance(0.1 * shape.ancestors(), salt ^ 0xA0, position);
    if (!wanted || query.withoutParents()) {
      return;
    }
    List<Entry> above = new ArrayList<>();
    Set<Item> seen = new HashSet<>();
    page.forEach(entry -> seen.add(entry.item()));
    for (Entry entry : page) {
      for (Item at = entry.item().parent(); at != null && seen.add(at); at = at.parent()) {
        if (!at.isDeleted() && at.isWithin(scope)) {
          above.add(new Entry(at, View.TRUE));
        }
      }
    }
    page.addAll(above);
    if (shape.shuffled() && !shape.has(Quirk.CHILDREN_FIRST)) {
      shuffleKeepingOrderPerItem(page, new Random(salt + position));
    }
  }

  /**
   * An ancestor is true wherever it stands; entries of one item keep their order: last one wins.
   */
  private static void shuffleKeepingOrderPerItem(List<Entry> page, Random random) {
    List<Entry> before = List.copyOf(page);
    Collections.shuffle(page, random);
    Map<Item, ArrayDeque<Entry>> queues = new HashMap<>();
    before.forEach(
        entry -> queues.computeIfAbsent(entry.item(), item -> new ArrayDeque<>()).add(entry));
    page.replaceAll(entry -> queues.get(entry.item()).remove());
  }
}
