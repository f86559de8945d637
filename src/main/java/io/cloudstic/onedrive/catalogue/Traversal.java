package io.cloudstic.onedrive.catalogue;

import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.rules.Rules;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * One way through the catalogue, with the rules applied: what belongs in a snapshot, in the order
 * of its trees. Memory does not depend on how many items there are or how deep they are nested,
 * beyond a few hundred entries for each level.
 */
final class Traversal {
  private static final int BATCH = 200;

  private final Items items;
  private final Rules rules;
  private final DriveVisitor visitor;
  private final Deque<Level> levels = new ArrayDeque<>();
  private long excluded;

  Traversal(Items items, Rules rules, DriveVisitor visitor) {
    this.items = items;
    this.rules = rules;
    this.visitor = visitor;
  }

  /** How many entries the patterns kept out, a folder as one. */
  long excluded() {
    return excluded;
  }

  /** Shows everything below the scope folder. */
  void from(String scopeKey) {
    levels.push(new Level(scopeKey, null, ""));
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      CataloguedItem item = level.next();
      if (item == null) {
        levels.pop();
        if (level.folder != null) {
          visitor.leaveFolder(level.folder);
        }
      } else {
        show(item, level);
      }
    }
  }

  private void show(CataloguedItem item, Level level) {
    boolean folder = item.kind() == ItemKind.FOLDER && !item.vault();
    boolean file = item.kind() == ItemKind.FILE && item.content() != null;
    if (!folder && !file) {
      return;
    }
    String path = "";
    if (rules.hasPatterns()) {
      path = level.path + item.name();
      if (rules.excludes(path, folder)) {
        excluded++;
        return;
      }
    }
    if (folder) {
      visitor.enterFolder(item);
      levels.push(new Level(item.key(), item, path + "/"));
    } else {
      visitor.file(items.withContent(item));
    }
  }

  /** The children of one folder, in order, each under a name of its own. */
  private final class Level {
    private final String key;
    private final CataloguedItem folder;
    private final String path;
    private final PriorityQueue<CataloguedItem> renamed =
        new PriorityQueue<>(
            Comparator.comparing(
                item -> NodeName.bytes(item.name()), java.util.Arrays::compareUnsigned));
    private Iterator<CataloguedItem> batch = List.<CataloguedItem>of().iterator();
    private CataloguedItem ahead;
    private byte[] lastName = new byte[0];
    private String lastKey = "";
    private boolean atEnd;
    private String shown;

    Level(String key, CataloguedItem folder, String path) {
      this.key = key;
      this.folder = folder;
      this.path = path;
    }

    /** The next child, or null at the end. */
    CataloguedItem next() {
      while (true) {
        if (ahead == null) {
          ahead = read();
        }
        CataloguedItem item = takeNearest();
        if (item == null || !item.name().equals(shown)) {
          shown = item == null ? null : item.name();
          return item;
        }
        // A second item of this name: it waits for its turn under a longer one.
        renamed.add(item.named(NodeName.distinct(item.name(), item.key())));
      }
    }

    /** The smaller of the next as read and the next of those renamed. */
    private CataloguedItem takeNearest() {
      CataloguedItem waiting = renamed.peek();
      boolean fromRenamed =
          waiting != null
              && (ahead == null
                  || java.util.Arrays.compareUnsigned(
                          NodeName.bytes(waiting.name()), NodeName.bytes(ahead.name()))
                      < 0);
      if (fromRenamed) {
        return renamed.poll();
      }
      CataloguedItem item = ahead;
      ahead = null;
      return item;
    }

    private CataloguedItem read() {
      if (!batch.hasNext() && !atEnd) {
        List<CataloguedItem> more = items.childrenAfter(key, lastName, lastKey, BATCH);
        atEnd = more.size() < BATCH;
        batch = new ArrayList<>(more).iterator();
      }
      if (!batch.hasNext()) {
        return null;
      }
      CataloguedItem item = batch.next();
      lastName = NodeName.bytes(item.name());
      lastKey = item.key();
      return item;
    }
  }
}
