package io.cloudstic.backup;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.write.WriteTotals;
import java.time.Duration;
import java.time.Instant;

/**
 * What a run did.
 *
 * @param dryRun whether nothing was fetched or written
 * @param snapshot the snapshot made; null when none was
 * @param source what the source said
 * @param written what was added to the repository
 * @param began when the run began
 * @param duration how long it took
 */
public record BackupSummary(
    boolean dryRun,
    Id snapshot,
    SourceOutcome source,
    WriteTotals written,
    Instant began,
    Duration duration) {
  /** Whether some files could not be read. */
  public boolean incomplete() {
    return source.counts().filesFailed() > 0;
  }

  /** One line for a log. */
  @Override
  public String toString() {
    EntryCounts counts = source.counts();
    String made = snapshot == null ? "no snapshot" : "snapshot " + snapshot.brief();
    return String.format(
        "%s %s: %s, %d new, %d changed, %d removed, %d failed, %d bytes added, %d s",
        dryRun ? "dry run of" : "backup of",
        source.paths(),
        made,
        counts.filesNew(),
        counts.filesChanged(),
        counts.filesRemoved(),
        counts.filesFailed(),
        written.dataAddedPacked(),
        duration.toSeconds());
  }
}
