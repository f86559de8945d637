package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Shows a {@link FakeDrive} as unhelpfully as Graph does: see the switches. */
final class FakeGraph implements Graph {
  final FakeDrive drive;
  final Random random;

  /** Repeats, stale repeats, any order, empty pages. */
  boolean hostile = true;

  /** Errors that end links. */
  boolean linksDie;

  /** How many more links may die. */
  int deaths;

  /** Whether items are found by path. */
  boolean paths = true;

  /** Whether there is a delta feed at all. */
  boolean delta = true;

  /** Whether a feed leaves out what is new in folders that are new in it. */
  boolean losesNewChildren;

  /** Whether the delta links given out so far lead to another host than Graph's present one. */
  boolean moved;

  int pageSize = 7;
  int calls;
  int childrenCalls;
  int itemCalls;

  private final Map<String, List<Page>> feeds = new HashMap<>();
  private final Set<String> faulted = new HashSet<>();
  private int links;

  FakeGraph(FakeDrive drive, Random random) {
    this.drive = drive;
    this.random = random;
  }

  @Override
  public Account account() {
    return new Account("account", "ann@example.org");
  }

  @Override
  public Account user(String user) {
    return account();
  }

  @Override
  public Drive driveOf(String user) {
    return drive();
  }

  @Override
  public java.util.List<Drive> drivesOf(String user) {
    return drives();
  }

  @Override
  public Drive drive(String driveId) {
    return drive();
  }

  @Override
  public java.util.List<Drive> drives() {
    return java.util.List.of(drive());
  }

  @Override
  public Drive drive() {
    return drive.drive();
  }

  @Override
  public synchronized DriveItem root(String driveId) {
    calls++;
    return drive.show(drive.root, false, null);
  }

  @Override
  public synchronized DriveItem item(String driveId, String itemId) {
    calls++;
    itemCalls++;
    FakeDrive.Item item = drive.live.get(drive.number(itemId));
    if (item == null) {
      throw error(404, "itemnotfound");
    }
    return drive.show(item, false, "url " + FakeDrive.content(item));
  }

  @Override
  public synchronized DriveItem itemAt(String driveId, String path) {
    calls++;
    if (!paths) {
      throw error(400, "invalidrequest");
    }
    FakeDrive.Item at = drive.root;
    for (String name : path.split("/")) {
      at = drive.child(at, name);
      if (at == null) {
        throw error(404, "itemnotfound");
      }
    }
    return drive.show(at, false, null);
  }

  @Override
  public synchronized Page children(String driveId, String folderId) {
    calls++;
    childrenCalls++;
    FakeDrive.Item folder = drive.live.get(drive.number(folderId));
    if (folder == null) {
      throw error(404, "itemnotfound");
    }
    List<DriveItem> items = new ArrayList<>();
    for (FakeDrive.Item item : drive.live.values()) {
      if (item.parent == folder) {
        items.add(drive.show(item, false, "url " + FakeDrive.content(item)));
      }
    }
    Collections.shuffle(items, random);
    return paged(items, null);
  }

  @Override
  public synchronized Page deltaFromStart(String driveId) {
    calls++;
    unavailable();
    return paged(feed(0), token());
  }

  @Override
  public synchronized Page deltaFromNow(String driveId) {
    calls++;
    unavailable();
    return new Page(List.of(), null, token());
  }

  @Override
  public synchronized Page follow(String link) {
    calls++;
    if (link.startsWith("token ")) {
      if (moved) {
        throw error(0, GraphException.FOREIGN_LINK);
      }
      if (linksDie && deaths > 0 && random.nextInt(3) == 0) {
        throw dead();
      }
      return paged(feed(Long.parseLong(link.substring(6))), token());
    }
    if (linksDie && deaths > 0 && random.nextInt(12) == 0) {
      throw dead();
    }
    List<Page> pages = feeds.get(link);
    Page page = pages.get(0);
    if (linksDie
        && link.startsWith("page ")
        && page.nextLink() != null
        && random.nextInt(12) == 0
        && faulted.add(link)) {
      // Once, a page without any link, or one that leads back.
      return new Page(page.items(), random.nextBoolean() ? null : link, null);
    }
    return page;
  }

  private void unavailable() {
    if (!delta) {
      throw error(501, "notsupported");
    }
  }

  private GraphException dead() {
    deaths--;
    int[] statuses = {410, 410, 400, 404};
    return error(statuses[random.nextInt(statuses.length)], "resyncrequired");
  }

  static GraphException error(int status, String code) {
    return new GraphException(status, code, "HTTP " + status + " " + code, null, null);
  }

  private String token() {
    return "token " + drive.now;
  }

  private List<DriveItem> feed(long since) {
    List<DriveItem> items = new ArrayList<>();
    Set<FakeDrive.Item> told = new java.util.LinkedHashSet<>();
    for (FakeDrive.Item item : drive.live.values()) {
      if (item.changed > since && !(losesNewChildren && since > 0 && isNewInNew(item, since))) {
        told.add(item);
      }
    }
    if (!drive.personal) {
      for (FakeDrive.Item item : List.copyOf(told)) {
        FakeDrive.Item up = item.parent;
        // Every ancestor comes along; circles of parents end.
        while (up != null && told.add(up)) {
          up = up.parent;
        }
      }
    }
    told.add(drive.root);
    told.forEach(item -> items.add(show(item)));
    if (since > 0) {
      drive.tombstones.forEach(
          (number, when) -> {
            if (when > since) {
              items.add(drive.tombstone(number));
            }
          });
    }
    return hostile ? disorder(items) : items;
  }

  private boolean isNewInNew(FakeDrive.Item item, long since) {
    return item.born > since
        && item.parent != null
        && item.parent.kind == ItemKind.FOLDER
        && item.parent.born > since;
  }

  private DriveItem show(FakeDrive.Item item) {
    String url = random.nextInt(5) == 0 ? null : "url " + FakeDrive.content(item);
    return drive.show(item, true, url);
  }

  /** Any order, and before the last word on an item, other words on it. */
  private List<DriveItem> disorder(List<DriveItem> items) {
    List<DriveItem> feed = new ArrayList<>(items);
    Collections.shuffle(feed, random);
    Set<Integer> repeated = new HashSet<>();
    int repeats = random.nextInt(1 + feed.size() / 2);
    for (int i = 0; i < repeats; i++) {
      int at = random.nextInt(feed.size());
      DriveItem last = feed.get(at);
      if (last.kind() != ItemKind.ROOT && repeated.add(drive.number(last.id()))) {
        feed.add(random.nextInt(at + 1), earlier(last));
      }
    }
    if (random.nextInt(3) == 0) {
      feed.add(random.nextInt(feed.size() + 1), drive.tombstone(90_000 + random.nextInt(1000)));
    }
    return feed;
  }

  private DriveItem earlier(DriveItem item) {
    int number = drive.number(item.id());
    if (random.nextInt(4) == 0) {
      return drive.tombstone(number);
    }
    if (item.deleted()) {
      FakeDrive.Item ghost = new FakeDrive.Item(number);
      ghost.kind = ItemKind.FILE;
      ghost.parent = drive.root;
      ghost.name = "ghost " + random.nextInt(5);
      ghost.hashed = false;
      return drive.show(ghost, true, "url ghost");
    }
    return new DriveItem(
        item.id(),
        item.driveId(),
        random.nextBoolean() ? item.parentId() : drive.id(drive.root),
        "earlier " + random.nextInt(5),
        item.kind(),
        false,
        item.size(),
        item.created(),
        item.modified(),
        item.eTag(),
        item.cTag(),
        item.hashes(),
        item.mimeType(),
        item.childCount(),
        item.modifiedBy(),
        item.downloadUrl(),
        false,
        null,
        null,
        null,
        null);
  }

  private Page paged(List<DriveItem> items, String deltaLink) {
    List<List<DriveItem>> parts = new ArrayList<>();
    int from = 0;
    while (from < items.size()) {
      int size = hostile ? random.nextInt(pageSize * 2) : pageSize;
      int to = Math.min(items.size(), from + size);
      parts.add(List.copyOf(items.subList(from, to)));
      from = to;
    }
    if (parts.isEmpty() || hostile && random.nextInt(4) == 0) {
      parts.add(List.of());
    }
    String name = (deltaLink == null ? "list " : "page ") + links++ + ".";
    Page page = null;
    for (int i = parts.size() - 1; i >= 0; i--) {
      boolean end = i == parts.size() - 1;
      page = new Page(parts.get(i), end ? null : name + (i + 1), end ? deltaLink : null);
      feeds.put(name + i, List.of(page));
    }
    return page;
  }
}
