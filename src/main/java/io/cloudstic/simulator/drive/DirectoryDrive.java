package io.cloudstic.simulator.drive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows a directory of this machine as a drive. Contents stay on disk. Each look turns what
 * happened to the directory into mutations of the drive: a file is recognised by the file system's
 * own key where there is one, so that a rename on disk is a rename in the drive. Symbolic links and
 * special files are left out. Thread-safe.
 */
public final class DirectoryDrive {
  private final DriveModel drive;
  private final Path directory;
  private final Map<Object, Item> known = new HashMap<>();
  private final Map<Item, Stamp> stamps = new HashMap<>();
  private final AtomicInteger parked = new AtomicInteger();

  private record Stamp(long size, long modified) {}

  private record Found(Path path, Object key, BasicFileAttributes attributes) {}

  private DirectoryDrive(DriveModel drive, Path directory) {
    this.drive = drive;
    this.directory = directory;
  }

  /** Shows the directory in the drive, from now on and as it changes. */
  public static void show(Path directory, DriveModel drive) throws IOException {
    DirectoryDrive mirror = new DirectoryDrive(drive, directory);
    mirror.refresh();
    drive.onRefresh(
        () -> {
          try {
            mirror.refresh();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private synchronized void refresh() throws IOException {
    List<Found> found = look();
    drive.changing(
        () -> {
          apply(found);
          return null;
        });
  }

  private List<Found> look() throws IOException {
    List<Found> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (!path.equals(directory)) {
              found.add(new Found(path, key(path, attributes), attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              found.add(new Found(path, key(path, attributes), attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path path, IOException failure) {
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  /** Hard links share a key: only one of them can be known by it. */
  private static Object key(Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    return key == null ? path : key;
  }

  private void apply(List<Found> found) {
    Set<Object> present = new HashSet<>();
    found.forEach(entry -> present.add(entry.key));
    Map<Path, Item> placed = new HashMap<>();
    placed.put(directory, drive.root());
    Set<Item> kept = new HashSet<>();
    for (Found entry : found) {
      Item parent = placed.get(entry.path.getParent());
      String name = entry.path.getFileName().toString();
      Item item = place(entry, parent, name, present, kept);
      kept.add(item);
      placed.put(entry.path, item);
    }
    known.values().removeIf(item -> gone(item, kept));
  }

  private boolean gone(Item item, Set<Item> kept) {
    if (kept.contains(item)) {
      return false;
    }
    stamps.remove(item);
    if (!item.isDeleted()) {
      drive.delete(item);
    }
    return true;
  }

  private Item place(Found entry, Item parent, String name, Set<Object> present, Set<Item> kept) {
    boolean folder = entry.attributes.isDirectory();
    Item item = known.get(entry.key);
    if (item != null && (kept.contains(item) || item.isFolder() != folder)) {
      item = null;
    }
    Item there = parent.folder.children.get(name);
    if (item == null && there != null && there.isFolder() == folder && !kept.contains(there)) {
      item = replaced(there, present);
    }
    if (there != null && there != item) {
      drive.rename(there, name + ".parked" + parked.incrementAndGet());
    }
    if (item == null) {
      item =
          folder
              ? drive.createFolder(parent, name)
              : drive.createFile(parent, name, content(entry));
      stamp(item, entry);
    } else {
      if (item.parent() != parent || !item.name().equals(name)) {
        drive.move(item, parent, name);
      }
      edited(item, entry);
    }
    known.putIfAbsent(entry.key, item);
    return item;
  }

  /** An editor saved by writing a new file over the old name: the item lives on. */
  private Item replaced(Item there, Set<Object> present) {
    Object oldKey = null;
    for (Map.Entry<Object, Item> entry : known.entrySet()) {
      if (entry.getValue() == there) {
        oldKey = entry.getKey();
        break;
      }
    }
    if (oldKey != null && present.contains(oldKey)) {
      return null;
    }
    known.remove(oldKey);
    return there;
  }

  private void edited(Item item, Found entry) {
    Stamp now = stampOf(entry.attributes);
    if (!item.isFile()) {
      return;
    }
    if (now.equals(stamps.get(item))) {
      drive.relocate(item, content(entry));
    } else {
      drive.edit(item, content(entry));
      stamp(item, entry);
    }
  }

  private void stamp(Item item, Found entry) {
    BasicFileAttributes attributes = entry.attributes;
    drive.setClientTimes(
        item, attributes.creationTime().toInstant(), attributes.lastModifiedTime().toInstant());
    if (item.isFile()) {
      stamps.put(item, stampOf(attributes));
    }
  }

  private static Content content(Found entry) {
    return new FileContent(entry.path, entry.attributes.size());
  }

  private static Stamp stampOf(BasicFileAttributes attributes) {
    return new Stamp(attributes.size(), attributes.lastModifiedTime().toMillis());
  }
}
