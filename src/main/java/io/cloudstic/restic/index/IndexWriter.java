package io.cloudstic.restic.index;

import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists packs in new index files, each written as soon as it is full. In memory is one file's worth
 * of them. Not thread-safe.
 */
public final class IndexWriter {
  /** As many as restic puts into one file, so that no reader has to hold more. */
  public static final int FULL = 50_000;

  private final UnpackedFiles files;
  private final Runnable stillLocked;
  private List<IndexedPack> packs = new ArrayList<>();
  private int blobs;

  /**
   * Writes among these files.
   *
   * @param stillLocked asked before each file, throws when the lock is lost
   */
  public IndexWriter(UnpackedFiles files, Runnable stillLocked) {
    this.files = files;
    this.stillLocked = stillLocked;
  }

  /** This pack is in one of the files. */
  public void add(IndexedPack pack) {
    packs.add(pack);
    blobs += pack.blobs().size();
    if (blobs >= FULL) {
      write();
    }
  }

  /** Writes the last file, if there is anything for it; all are durable on return. */
  public void finish() {
    if (!packs.isEmpty()) {
      write();
    }
  }

  private void write() {
    stillLocked.run();
    files.save(FileKind.INDEX, IndexFile.encode(packs));
    packs = new ArrayList<>();
    blobs = 0;
  }
}
