package io.cloudstic.restore;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.onedrive.client.PagedItems;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A folder of the drive that is restored into. It is made when something in it is wanted, and
 * finished, with its times, when all that is below it is. Making belongs to one thread; the names
 * in it and its end to all.
 */
final class DriveFolder {
  private final DriveFolder parent;
  private final String name;
  private final Runnable atEnd;
  private final Map<String, DriveItem> children = new HashMap<>();

  /** Itself, and everything in it that is under way. */
  private final AtomicInteger pending = new AtomicInteger(1);

  private DriveItem item;
  private boolean listed;
  private boolean made;
  private volatile boolean touched;

  /**
   * A folder that may not be there yet.
   *
   * @param parent null for one that is there
   * @param item null for one that may not be there
   * @param atEnd runs when all that is below is done, on any thread
   */
  DriveFolder(DriveFolder parent, String name, DriveItem item, Runnable atEnd) {
    this.parent = parent;
    this.name = name;
    this.item = item;
    this.atEnd = atEnd;
    if (parent != null) {
      parent.begin();
    }
  }

  /** What happens in a drive for the sake of folders. */
  interface Drive {
    Graph graph();

    /** Null in a dry run. */
    DriveWriter writer();

    String id();
  }

  /** Its id; null as long as it is not there, in a dry run. */
  String id() {
    return item == null ? null : item.id();
  }

  /**
   * Whether this run has made it, or something in it or below: then the drive shows the present
   * time, as it does where an earlier run was interrupted.
   */
  boolean isTouched() {
    return touched;
  }

  /**
   * Finds it in the drive, or makes it with all above it.
   *
   * @return whether it was made just now; in a dry run: would be
   * @throws NameTakenException when a file has its name
   */
  boolean ensure(Drive drive) {
    if (item != null || made) {
      return false;
    }
    parent.ensure(drive);
    Optional<DriveItem> there = parent.child(drive, name);
    if (there.isEmpty() && drive.writer() != null) {
      there = Optional.ofNullable(make(drive));
    }
    if (there.isPresent() && there.get().kind() != ItemKind.FOLDER) {
      throw new NameTakenException("a file of that name is in the drive");
    }
    if (item == null) {
      item = there.orElse(null);
    }
    made |= item == null; // of a dry run
    touched |= made;
    return made;
  }

  private DriveItem make(Drive drive) {
    try {
      item = drive.writer().createFolder(drive.id(), parent.id(), name);
      made = true;
      listed = true;
      return item;
    } catch (GraphException e) {
      if (e.status() != 409) {
        throw e;
      }
      // It was not there a moment ago: an attempt of ours whose answer was lost has made it.
      made = true;
      return drive.writer().child(drive.id(), parent.id(), name).orElseThrow(() -> e);
    }
  }

  /** What of that name is in the folder; letters of both cases are one. */
  synchronized Optional<DriveItem> child(Drive drive, String childName) {
    if (!listed && item != null) {
      for (Iterator<DriveItem> all =
              new PagedItems(drive.graph(), drive.graph().children(drive.id(), item.id()));
          all.hasNext(); ) {
        DriveItem child = all.next();
        if (child.name() != null) {
          children.put(key(child.name()), child);
        }
      }
    }
    listed = true;
    return Optional.ofNullable(children.get(key(childName)));
  }

  /** Notes what has just been put there. */
  synchronized void put(DriveItem child) {
    touched = true;
    if (child.name() != null) {
      children.put(key(child.name()), child);
    }
  }

  private static String key(String text) {
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** Something in it is under way. */
  void begin() {
    pending.incrementAndGet();
  }

  /** Something in it, or the walk through it, is done. */
  void end() {
    if (pending.decrementAndGet() == 0) {
      atEnd.run();
      if (parent != null) {
        parent.touched |= touched;
        parent.end();
      }
    }
  }

  /** The name belongs to something that may not be replaced. */
  static final class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NameTakenException(String message) {
      super(message);
    }
  }
}
