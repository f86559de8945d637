package io.cloudstic.restic.snapshot;

import io.cloudstic.restic.UnknownFields;
import java.time.OffsetDateTime;
import java.util.Objects;

/**
 * What the run that made a snapshot did; restic writes it since 0.17. Counts are never negative,
 * sizes are in bytes.
 *
 * @param dataAdded new blobs, before compression
 * @param dataAddedPacked new blobs, as stored
 * @param totalBytesProcessed the size that restic shows for a snapshot
 * @param others fields of other programs
 */
public record SnapshotSummary(
    OffsetDateTime backupStart,
    OffsetDateTime backupEnd,
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long dirsNew,
    long dirsChanged,
    long dirsUnmodified,
    long dataBlobs,
    long treeBlobs,
    long dataAdded,
    long dataAddedPacked,
    long totalFilesProcessed,
    long totalBytesProcessed,
    UnknownFields others) {

  /** Checks that the times are there. */
  public SnapshotSummary {
    Objects.requireNonNull(backupStart);
    Objects.requireNonNull(backupEnd);
    Objects.requireNonNull(others);
  }
}
