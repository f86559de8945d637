package io.cloudstic.repair;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.repository.Repository;
import java.util.ArrayList;
import java.util.List;

/**
 * New index files in place of old ones: the new are durable before the first old one goes, so that
 * whatever interrupts it leaves at worst the same packs in two files. Not thread-safe.
 */
final class IndexRewrite {
  /** As many as restic puts into one file. */
  private static final int BLOBS_IN_A_FILE = 50_000;

  private final Repository repository;
  private final boolean apply;
  private final Runnable stillLocked;
  private final List<Id> old = new ArrayList<>();
  private List<IndexedPack> packs = new ArrayList<>();
  private int blobs;

  /** Changes nothing unless it applies; {@code stillLocked} throws when the lock is lost. */
  IndexRewrite(Repository repository, boolean apply, Runnable stillLocked) {
    this.repository = repository;
    this.apply = apply;
    this.stillLocked = stillLocked;
  }

  /** This file goes in the end. */
  void replaces(Id file) {
    old.add(file);
  }

  /** This pack is in one of the new files. */
  void add(IndexedPack pack) {
    if (!apply) {
      return;
    }
    packs.add(pack);
    blobs += pack.blobs().size();
    if (blobs >= BLOBS_IN_A_FILE) {
      write();
    }
  }

  private void write() {
    if (!packs.isEmpty()) {
      stillLocked.run();
      repository.saveFile(FileKind.INDEX, IndexFile.encode(packs));
      packs = new ArrayList<>();
      blobs = 0;
    }
  }

  /** Makes the new files durable, then removes the old. */
  void finish() {
    if (apply) {
      write();
      stillLocked.run();
      old.forEach(file -> repository.removeFile(FileKind.INDEX, file));
    }
  }
}
