package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What a drive really holds: the model that scans are compared with. */
final class FakeDrive {
  /** One item's true state. */
  static final class Item {
    final int number;
    ItemKind kind;
    Item parent;
    String name;
    int content;
    int version;
    long changed;
    long born;
    boolean hashed = true;
    boolean malware;

    Item(int number) {
      this.number = number;
    }
  }

  static final String PERSONAL_ID = "0123ABCDEF012345";
  static final String BUSINESS_ID = "b!AbCdEf";

  final boolean personal;
  final Random random;
  final Map<Integer, Item> live = new LinkedHashMap<>();

  /** When each deleted item was deleted, and whether the feed will tell. */
  final Map<Integer, Long> tombstones = new LinkedHashMap<>();

  final Map<Integer, String> lastNames = new LinkedHashMap<>();
  final Item root;
  long now = 1;

  /** Up to when the last snapshot knows. */
  long committed;

  private int numbers = 100;

  FakeDrive(boolean personal, Random random) {
    this.personal = personal;
    this.random = random;
    this.root = new Item(numbers++);
    root.kind = ItemKind.ROOT;
    root.name = "root";
    live.put(root.number, root);
  }

  Drive drive() {
    return personal
        ? new Drive("123ABCDEF012345", "personal", "OneDrive", "ann", "account")
        : new Drive(BUSINESS_ID, "business", "OneDrive", "ann", "account");
  }

  Item add(Item parent, String name, ItemKind kind) {
    Item item = new Item(numbers++);
    item.kind = kind;
    item.parent = parent;
    item.name = name;
    item.content = 1;
    touch(item);
    item.born = now;
    live.put(item.number, item);
    return item;
  }

  void touch(Item item) {
    item.version++;
    item.changed = ++now;
  }

  void rename(Item item, String name) {
    item.name = name;
    touch(item);
  }

  void move(Item item, Item parent) {
    item.parent = parent;
    touch(item);
  }

  void write(Item item) {
    item.content++;
    touch(item);
  }

  /** Deletes an item with all below; the feed tells of all, or of the item only, or of some. */
  void delete(Item item, boolean silently) {
    List<Item> dead = below(item);
    now++;
    int telling = random.nextInt(3);
    for (Item each : dead) {
      live.remove(each.number);
      lastNames.put(each.number, each.name);
      // What moved lately is told: otherwise nobody could know that it died with the folder.
      boolean told =
          each == item
              || each.changed > committed
              || telling == 0
              || telling == 1 && random.nextBoolean();
      if (told && !silently) {
        tombstones.put(each.number, now);
      }
    }
  }

  List<Item> below(Item item) {
    List<Item> all = new ArrayList<>(List.of(item));
    for (int i = 0; i < all.size(); i++) {
      for (Item other : live.values()) {
        if (other.parent == all.get(i)) {
          all.add(other);
        }
      }
    }
    return all;
  }

  boolean isBelow(Item item, Item folder) {
    for (Item at = item; at != null; at = at.parent) {
      if (at == folder) {
        return true;
      }
    }
    return false;
  }

  Item child(Item parent, String name) {
    return live.values().stream()
        .filter(item -> item.parent == parent && item.name.equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  List<Item> of(ItemKind... kinds) {
    Set<ItemKind> wanted = new LinkedHashSet<>(List.of(kinds));
    return new ArrayList<>(live.values().stream().filter(i -> wanted.contains(i.kind)).toList());
  }

  String path(Item item) {
    return item.parent == null
        ? ""
        : (path(item.parent).isEmpty() ? "" : path(item.parent) + "/") + item.name;
  }

  /** Paths of all files with their content, of all folders with "folder". */
  Map<String, String> tree() {
    Map<String, String> tree = new TreeMap<>();
    for (Item item : live.values()) {
      if (item.kind == ItemKind.FILE) {
        tree.put(path(item), content(item));
      } else if (item.kind == ItemKind.FOLDER) {
        tree.put(path(item), "folder");
      }
    }
    return tree;
  }

  static String content(Item item) {
    return item.number + ":" + item.content;
  }

  /** The id of an item, in one of the forms that Graph uses. */
  String id(Item item) {
    return id(item.number);
  }

  String id(int number) {
    if (!personal) {
      return "01" + String.format("%032d", number);
    }
    String drive =
        switch (random.nextInt(3)) {
          case 0 -> PERSONAL_ID;
          case 1 -> PERSONAL_ID.toLowerCase(java.util.Locale.ROOT);
          default -> PERSONAL_ID.substring(1);
        };
    return drive + "!" + number;
  }

  int number(String id) {
    return Integer.parseInt(personal ? id.substring(id.indexOf('!') + 1) : id.substring(2));
  }

  /** The item as Graph shows it now. */
  DriveItem show(Item item, boolean inDelta, String url) {
    boolean file = item.kind == ItemKind.FILE;
    boolean folder = item.kind == ItemKind.FOLDER || item.kind == ItemKind.ROOT;
    int children =
        !folder
            ? -1
            : personal && inDelta
                ? 0
                : (int) live.values().stream().filter(other -> other.parent == item).count();
    String hash = "hash of " + content(item);
    Hashes hashes =
        !file || !item.hashed
            ? Hashes.NONE
            : personal
                ? new Hashes(null, "AB" + item.number + "C" + item.content, null)
                : new Hashes(hash, null, null);
    return new DriveItem(
        id(item),
        personal && random.nextBoolean() ? PERSONAL_ID : drive().id(),
        item.parent == null ? null : id(item.parent),
        item.name,
        item.kind,
        false,
        file ? 10L + item.content : 0,
        Instant.ofEpochSecond(1000),
        Instant.ofEpochSecond(1_000_000 + item.version),
        "\"{" + item.number + "}," + item.version + "\"",
        folder || !personal && inDelta ? null : "c" + item.number + "." + item.content,
        hashes,
        file ? "text/plain" : null,
        children,
        "ann",
        file ? url : null,
        item.malware,
        null,
        null,
        null,
        null);
  }

  /** The tombstone of an item. */
  DriveItem tombstone(int number) {
    return new DriveItem(
        id(number),
        drive().id(),
        random.nextBoolean() ? null : id(root),
        personal ? lastNames.get(number) : null,
        random.nextBoolean() ? ItemKind.FILE : ItemKind.UNKNOWN,
        true,
        personal ? -1 : 0,
        null,
        null,
        null,
        null,
        Hashes.NONE,
        null,
        -1,
        null,
        null,
        false,
        null,
        null,
        null,
        null);
  }
}
