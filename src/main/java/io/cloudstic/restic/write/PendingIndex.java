package io.cloudstic.restic.write;

import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Stored packs that no index file lists yet. Bounded by {@link WriteLimits#indexBlobs} and the
 * blobs of one pack. Thread-safe.
 */
final class PendingIndex {
  private final UnpackedFiles files;
  private final Clock clock;
  private final WriteLimits limits;
  private final Runnable permission;

  private List<IndexedPack> packs = new ArrayList<>();
  private int blobs;
  private Instant lastWritten;

  /**
   * Nothing is pending yet.
   *
   * @param permission asked before each index file: without a lock, others may have removed the
   *     packs, and who reads that they are there relies on them
   */
  PendingIndex(UnpackedFiles files, Clock clock, WriteLimits limits, Runnable permission) {
    this.files = files;
    this.clock = clock;
    this.limits = limits;
    this.permission = permission;
    this.lastWritten = clock.instant();
  }

  /** Adds a stored pack; writes an index file when it is time to. */
  synchronized void add(IndexedPack pack) {
    packs.add(pack);
    blobs += pack.blobs().size();
    if (blobs >= limits.indexBlobs()
        || !clock.instant().isBefore(lastWritten.plus(limits.indexAfter()))) {
      write();
    }
  }

  /** Writes an index file of what is pending; durable on return. */
  synchronized void write() {
    if (!packs.isEmpty()) {
      permission.run();
      files.save(FileKind.INDEX, IndexFile.encode(packs));
      packs = new ArrayList<>();
      blobs = 0;
    }
    lastWritten = clock.instant();
  }
}
