package io.cloudstic.restic.index;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * New index files in place of old ones. All new ones are durable before the first old one goes, so
 * that whatever interrupts it leaves at worst the same packs in two files, and at no moment a pack
 * that stays without one. Needs an exclusive lock. Not thread-safe.
 */
public final class IndexReplacement {
  /** Removed at once: a store may be far away. */
  private static final int WIDTH = 8;

  private final UnpackedFiles files;
  private final Runnable stillLocked;
  private final IndexWriter writer;
  private final List<Id> old = new ArrayList<>();

  /**
   * Nothing is replaced yet.
   *
   * @param stillLocked asked before each change, throws when the lock is lost
   */
  public IndexReplacement(UnpackedFiles files, Runnable stillLocked) {
    this.files = files;
    this.stillLocked = stillLocked;
    this.writer = new IndexWriter(files, stillLocked);
  }

  /** This file goes in the end. */
  public void replaces(Id file) {
    old.add(file);
  }

  /** How many files go. */
  public int count() {
    return old.size();
  }

  /** This pack is in one of the new files, which is written when it is full. */
  public void add(IndexedPack pack) {
    writer.add(pack);
  }

  /**
   * Makes the new files durable, then removes the old.
   *
   * @param progress is told how many are removed, by several threads
   */
  public void finish(LongConsumer progress) {
    writer.finish();
    AtomicLong done = new AtomicLong();
    Concurrently.forEach(
        old,
        WIDTH,
        file -> {
          stillLocked.run();
          files.remove(FileKind.INDEX, file);
          progress.accept(done.incrementAndGet());
        });
  }
}
