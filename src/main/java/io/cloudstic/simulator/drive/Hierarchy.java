package io.cloudstic.simulator.drive;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The items of a drive, where each of them is, and the log of their changes: what {@link
 * DriveModel} guards with its lock. Not thread-safe.
 */
final class Hierarchy {
  private final AccountType type;
  private final Identifiers ids;
  private final long seed;
  private final Clock clock;
  private final Map<String, Item> byId = new HashMap<>();
  private final ChangeLog log = new ChangeLog();
  private final Item root;
  private int nextOrdinal;

  Hierarchy(AccountType type, Identifiers ids, long seed, Clock clock) {
    this.type = type;
    this.ids = ids;
    this.seed = seed;
    this.clock = clock;
    this.root = newItem("root");
    root.folder = new Item.Folder();
    log.record(root);
  }

  Item root() {
    return root;
  }

  ChangeLog log() {
    return log;
  }

  Optional<Item> byId(String id) {
    return Optional.ofNullable(byId.get(ids.key(id)));
  }

  List<Item> live() {
    return byId.values().stream().filter(item -> !item.deleted).toList();
  }

  Optional<Item> find(String path) {
    Item at = root;
    for (String name : names(path)) {
      at = at.folder == null ? null : at.folder.children.get(name);
      if (at == null) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  Optional<Item> child(Item folder, String name) {
    Map<String, Item> children = folder.folder == null ? Map.of() : folder.folder.children;
    Optional<Item> exact = Optional.ofNullable(children.get(name));
    return exact.or(
        () ->
            children.values().stream()
                .filter(child -> child.name.equalsIgnoreCase(name))
                .findFirst());
  }

  static void walk(String path, Item folder, BiConsumer<String, Item> visitor) {
    folder.folder.children.forEach(
        (name, item) -> {
          String below = path + "/" + name;
          visitor.accept(below, item);
          if (item.folder != null) {
            walk(below, item, visitor);
          }
        });
  }

  Item newItem(String name) {
    int ordinal = nextOrdinal++;
    Item item = new Item(ordinal, ids.item(ordinal), name);
    long now = now(ordinal);
    item.created = now;
    item.modified = now;
    item.clientCreated = now;
    item.clientModified = now;
    byId.put(ids.key(item.id), item);
    return item;
  }

  void reidentify(Item item, String id) {
    byId.remove(ids.key(item.id));
    item.id = id;
    byId.put(ids.key(id), item);
  }

  void touched(Item item) {
    item.version++;
    item.modified = now(item.ordinal);
    log.record(item);
    for (Item above = item.parent; above != null; above = above.parent) {
      above.folder.changesBelow++;
    }
  }

  void attach(Item item, Item folder) {
    if (folder.folder == null) {
      throw new IllegalArgumentException("not a folder: " + folder);
    }
    if (folder.folder.children.putIfAbsent(item.name, item) != null) {
      throw new IllegalArgumentException("nameAlreadyExists: " + item.name + " in " + folder);
    }
    item.parent = folder;
    grow(folder, item.size());
  }

  void detach(Item item) {
    item.parent.folder.children.remove(item.name, item);
    grow(item.parent, -item.size());
  }

  static void grow(Item folder, long bytes) {
    for (Item at = folder; at != null && bytes != 0; at = at.parent) {
      at.folder.total += bytes;
    }
  }

  /** Deletes what has been detached, with all below it; children stay with their dead parent. */
  void bury(Item item, Tombstones tombstones, boolean top) {
    boolean told =
        switch (tombstones) {
          case ALL -> true;
          case TOP_ONLY -> top;
          case SOME -> top || Mix.chance(0.5, seed, item.ordinal);
          case NONE -> false;
        };
    item.deleted = true;
    touched(item);
    if (!told) {
      log.remove(item);
    }
    if (item.folder != null) {
      item.folder.children.values().forEach(child -> bury(child, tombstones, false));
    }
  }

  /** The reverse of {@link #bury}. */
  void revive(Item item, boolean top, boolean told) {
    item.deleted = false;
    touched(item);
    if (!top && !told) {
      log.remove(item);
    }
    if (item.folder != null) {
      item.folder.children.values().forEach(child -> revive(child, false, told));
    }
  }

  /** Business keeps whole seconds; personal milliseconds, and now and then seven digits. */
  private long now(int ordinal) {
    Instant now = clock.instant();
    if (type == AccountType.BUSINESS) {
      return Ticks.of(now.truncatedTo(ChronoUnit.SECONDS));
    }
    long millis = Ticks.of(now.truncatedTo(ChronoUnit.MILLIS));
    return Mix.chance(0.1, seed, ordinal) ? millis + ordinal % 10_000 : millis;
  }

  static void requireLive(Item item) {
    if (item.deleted) {
      throw new IllegalArgumentException("is deleted: " + item);
    }
  }

  static List<String> names(String path) {
    List<String> names = new ArrayList<>();
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
