package io.cloudstic.simulator.drive;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A drive in memory with its history of changes. Each mutation is atomic and takes its time from
 * the clock. Paths look like {@code /folder/file.txt}; names may hold anything but a slash.
 * Thread-safe; a mutation waits for pages that are being written and the reverse.
 */
public final class DriveModel {
  private volatile long room = Long.MAX_VALUE;
  private final AccountType type;
  private final boolean migrated;
  private final Identifiers ids;
  private final long seed;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Hierarchy items;
  private final Item root;
  private final Oddities oddities;
  private volatile String name = "OneDrive";
  private volatile Runnable refresh = () -> {};

  /**
   * An empty drive.
   *
   * @param seed decides ids and whatever else looks random
   * @param migrated whether ids have the shape of migrated personal accounts; ignored on business
   */
  public DriveModel(AccountType type, long seed, boolean migrated, Clock clock) {
    this.type = type;
    this.migrated = migrated && type == AccountType.PERSONAL;
    this.seed = seed;
    this.ids = new Identifiers(type, seed, migrated);
    this.items = new Hierarchy(type, ids, seed, clock);
    this.root = items.root();
    this.oddities = new Oddities(this, items, ids);
  }

  /** Which service this drive belongs to. */
  public AccountType accountType() {
    return type;
  }

  /** Whether this is a personal drive with ids of the migrated service. */
  public boolean isMigrated() {
    return migrated;
  }

  /** The drive's own name, as people see it in a list of drives. */
  public String name() {
    return name;
  }

  /** Names the drive. */
  public DriveModel named(String newName) {
    name = newName;
    return this;
  }

  /** What decides everything that looks random here. */
  public long seed() {
    return seed;
  }

  /** The drive id in its canonical spelling. */
  public String driveId() {
    return ids.driveId();
  }

  /** Whether this is a spelling of the drive id. */
  public boolean isDriveId(String id) {
    return ids.key(id).equals(ids.driveId());
  }

  /** A spelling of a drive or item id, chosen by the two lowest bits. */
  public String spell(String id, int way) {
    return ids.spell(id, way);
  }

  /** The GUID behind an item. */
  public String guid(Item item) {
    return ids.guid(item.ordinal);
  }

  /** Learns of changes outside, where the drive mirrors something; not to be called by readers. */
  public void refresh() {
    refresh.run();
  }

  /** What {@link #refresh} does. */
  void onRefresh(Runnable look) {
    refresh = look;
  }

  /** What it does by itself. */
  public Oddities oddities() {
    return oddities;
  }

  /** The drive's root. */
  public Item root() {
    return root;
  }

  /** The number of the last change; the next change gets the next one. */
  public long sequence() {
    return reading(() -> items.log().sequence());
  }

  /** How many items exist, the root included. */
  public int liveItems() {
    return reading(() -> items.live().size());
  }

  /** Runs the reader while nothing changes. */
  public <T> T reading(Supplier<T> reader) {
    lock.readLock().lock();
    try {
      return reader.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Runs several mutations as one, invisible until all are done. */
  public <T> T changing(Supplier<T> mutations) {
    lock.writeLock().lock();
    try {
      return mutations.get();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Runs a mutation. */
  void change(Runnable mutation) {
    changing(
        () -> {
          mutation.run();
          return null;
        });
  }

  /** The item of this id in any spelling, tombstones included. */
  public Optional<Item> byId(String id) {
    return reading(() -> items.byId(id));
  }

  /** The live item at a path. */
  public Optional<Item> find(String path) {
    return reading(() -> items.find(path));
  }

  /**
   * The live item at a path.
   *
   * @throws IllegalArgumentException when there is none
   */
  public Item at(String path) {
    return find(path).orElseThrow(() -> new IllegalArgumentException("nothing at " + path));
  }

  /** Shows every live item but the root with its path, parents first, otherwise in no order. */
  public void walk(BiConsumer<String, Item> visitor) {
    reading(
        () -> {
          Hierarchy.walk("", root, visitor);
          return null;
        });
  }

  /** The children of a folder now, in no order. */
  public List<Item> children(Item folder) {
    return reading(
        () -> folder.folder == null ? List.of() : List.copyOf(folder.folder.children.values()));
  }

  /** The child of this name; where there is none, one whose name differs in case only. */
  public Optional<Item> child(Item folder, String name) {
    return reading(() -> items.child(folder, name));
  }

  /** All live items, the root included, in no order. */
  public List<Item> live() {
    return reading(items::live);
  }

  /** Items changed after the given number, tombstones included, newest first. */
  public List<Item> changedSince(long number) {
    return reading(() -> items.log().since(number));
  }

  /** Items changed at or after a time of the server, tombstones included, newest first. */
  public List<Item> changedSince(Instant time) {
    long ticks = Ticks.of(time);
    return reading(() -> items.log().newestWhile(item -> item.modified >= ticks));
  }

  /** Whether content of this length still fits; {@link #limit} says how much does. */
  public boolean hasRoomFor(long bytes) {
    return bytes <= room - root().size();
  }

  /** The drive holds so many bytes and no more. */
  public void limit(long bytes) {
    room = bytes;
  }

  /** Makes a folder; its parent exists. */
  public Item createFolder(Item parent, String name) {
    return create(parent, name, item -> item.folder = new Item.Folder());
  }

  /** Makes a folder with all that is missing above it, or finds it. */
  public Item folder(String path) {
    return changing(
        () -> {
          Item at = root;
          for (String name : Hierarchy.names(path)) {
            Item next = at.folder.children.get(name);
            at = next != null ? next : createFolder(at, name);
          }
          return at;
        });
  }

  /** Makes a file; its parent exists. */
  public Item createFile(Item parent, String name, Content content) {
    return create(parent, name, item -> item.content = content);
  }

  /** Uploads a file: creates it, folders above included, or gives an existing one new content. */
  public Item put(String path, Content content) {
    return changing(
        () -> {
          Optional<Item> known = find(path);
          if (known.isPresent()) {
            edit(known.get(), content);
            return known.get();
          }
          int slash = path.lastIndexOf('/');
          return createFile(folder(path.substring(0, slash)), path.substring(slash + 1), content);
        });
  }

  /** Uploads a small text. */
  public Item put(String path, String text) {
    return put(path, BytesContent.of(text));
  }

  /**
   * Makes a OneNote notebook: on business a folder and a package at once with a section and a table
   * of contents inside, on personal a package without content.
   */
  public Item createNotebook(Item parent, String name) {
    return changing(
        () -> {
          boolean business = type == AccountType.BUSINESS;
          Item notebook =
              create(
                  parent,
                  name,
                  item -> {
                    item.extras().packageType = "oneNote";
                    if (business) {
                      item.folder = new Item.Folder();
                    } else {
                      item.extras.shownSize = 40_960;
                    }
                  });
          if (business) {
            Item section =
                createFile(notebook, "Section.one", new GeneratedContent(seed, 16_505, false));
            section.extras().mimeType = "application/msonenote";
            section.extras.shownSize = 16_384;
            oddities.mark(section, Trait.NO_HASHES);
            createFile(notebook, "Open Notebook.onetoc2", new GeneratedContent(seed, 6_602, false));
          }
          return notebook;
        });
  }

  /** Makes a shortcut to an item of another drive. */
  public Item createShortcut(Item parent, String name, DriveModel drive, Item target) {
    return createShortcut(parent, name, drive.driveId(), target.id, target);
  }

  /** Makes a shortcut to something that is not here: nobody can follow it. */
  public Item createShortcut(Item parent, String name, String driveId, String itemId) {
    return createShortcut(parent, name, driveId, itemId, null);
  }

  private Item createShortcut(
      Item parent, String name, String driveId, String itemId, Item target) {
    return create(
        parent,
        name,
        item -> {
          item.extras().remoteDriveId = driveId;
          item.extras.remoteItemId = itemId;
          item.extras.remote = target;
        });
  }

  /** Gives a file new content and, as a client does, a new time of modification. */
  public void edit(Item file, Content content) {
    change(
        () -> {
          Hierarchy.requireLive(file);
          long before = file.size();
          file.content(content);
          file.contentVersion++;
          items.touched(file);
          file.clientModified = file.modified;
          Hierarchy.grow(file.parent, file.size() - before);
        });
  }

  /** The same bytes are found elsewhere now: nothing that the feed would tell. */
  void relocate(Item file, Content sameBytes) {
    change(() -> file.content = sameBytes);
  }

  /** Sets the times that the client gave, to steps of 100 ns. */
  public void setClientTimes(Item item, Instant created, Instant modified) {
    change(
        () -> {
          item.clientCreated = Ticks.of(created);
          item.clientModified = Ticks.of(modified);
          items.touched(item);
        });
  }

  /** Changes metadata that no backup looks at: a new eTag, the same content. */
  public void touch(Item item) {
    change(
        () -> {
          Hierarchy.requireLive(item);
          items.touched(item);
        });
  }

  /** Gives an item, also the root, another name. */
  public void rename(Item item, String name) {
    if (item == root) {
      change(
          () -> {
            root.name = name;
            items.touched(root);
          });
      return;
    }
    move(item, item.parent, name);
  }

  /** Moves an item into another folder under its name. */
  public void move(Item item, Item folder) {
    move(item, folder, item.name);
  }

  /** Moves and renames at once; the feed will tell of the item alone, not of what is below it. */
  public void move(Item item, Item folder, String name) {
    change(
        () -> {
          Hierarchy.requireLive(item);
          Hierarchy.requireLive(folder);
          if (item == root || folder.isWithin(item)) {
            throw new IllegalArgumentException("cannot move " + item + " below itself");
          }
          items.detach(item);
          item.name = name;
          items.attach(item, folder);
          items.touched(item);
        });
  }

  /** Exchanges the names of two items of one folder. */
  public void swapNames(Item one, Item other) {
    change(
        () -> {
          String name = one.name;
          String otherName = other.name;
          rename(one, name + " (swap)");
          rename(other, name);
          rename(one, otherName);
        });
  }

  /** Deletes an item and all below it, with a tombstone each. */
  public void delete(Item item) {
    delete(item, Tombstones.ALL);
  }

  /** Deletes an item and all below it. */
  public void delete(Item item, Tombstones tombstones) {
    change(
        () -> {
          Hierarchy.requireLive(item);
          if (item == root) {
            throw new IllegalArgumentException("the root stays");
          }
          items.detach(item);
          items.bury(item, tombstones, true);
        });
  }

  /**
   * Brings an item back from the bin under its old id, with what was below it when it was deleted.
   *
   * @param told whether the feed tells of what is below; the service sometimes does not
   */
  public void restore(Item item, boolean told) {
    change(
        () -> {
          if (!item.deleted || item.parent.deleted) {
            throw new IllegalArgumentException("cannot come back: " + item);
          }
          items.attach(item, item.parent);
          items.revive(item, true, told);
        });
  }

  /**
   * Copies an item with all below it, under new ids.
   *
   * @param told whether the feed tells of what is below; the service sometimes does not
   */
  public Item copy(Item item, Item folder, String name, boolean told) {
    return changing(
        () -> {
          if (folder.isWithin(item)) {
            throw new IllegalArgumentException("cannot copy " + item + " into itself");
          }
          Item copy = duplicate(item, folder, name);
          for (Item child : item.folder == null ? List.<Item>of() : children(item)) {
            Item copied = copy(child, copy, child.name, told);
            if (!told) {
              oddities.hush(copied);
            }
          }
          return copy;
        });
  }

  private Item duplicate(Item item, Item folder, String name) {
    return create(
        folder,
        name,
        copy -> {
          copy.content = item.content;
          copy.folder = item.folder == null ? null : new Item.Folder();
          copy.extras = item.extras;
          copy.traits = item.traits;
          copy.clientCreated = item.clientCreated;
          copy.clientModified = item.clientModified;
        });
  }

  private Item create(Item parent, String name, Consumer<Item> kind) {
    return changing(
        () -> {
          Hierarchy.requireLive(parent);
          Item item = items.newItem(name);
          kind.accept(item);
          items.attach(item, parent);
          item.version = 0;
          items.touched(item);
          return item;
        });
  }
}
