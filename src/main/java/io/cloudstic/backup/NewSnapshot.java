package io.cloudstic.backup;

import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.UnknownFields;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotSummary;
import io.cloudstic.restic.write.WriteTotals;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The snapshot that a run ends in. */
final class NewSnapshot {
  private NewSnapshot() {}

  static Snapshot of(
      BackupRequest request,
      SourceOutcome outcome,
      RepositoryEnvironment environment,
      WriteTotals written,
      Instant began,
      String program) {
    ZoneId zone = environment.clock().getZone();
    OffsetDateTime start = began.atZone(zone).toOffsetDateTime();
    OffsetDateTime end = environment.clock().instant().atZone(zone).toOffsetDateTime();
    Snapshot.Builder snapshot =
        Snapshot.builder()
            .time(start)
            .parent(outcome.parent() == null ? null : outcome.parent().id())
            .tree(outcome.tree())
            .paths(outcome.paths())
            .hostname(outcome.hostname())
            .username(environment.username())
            .owner(environment.uid(), environment.gid())
            .excludes(request.patterns().stream().map(PatternLine::text).toList())
            .tags(request.tags())
            .programVersion(program)
            .summary(summary(outcome.counts(), written, start, end));
    if (outcome.extra() != null) {
      snapshot.cloudstic(outcome.extra());
    }
    return snapshot.build();
  }

  private static SnapshotSummary summary(
      EntryCounts counts, WriteTotals written, OffsetDateTime start, OffsetDateTime end) {
    return new SnapshotSummary(
        start,
        end,
        counts.filesNew(),
        counts.filesChanged(),
        counts.filesUnmodified(),
        counts.dirsNew(),
        counts.dirsChanged(),
        counts.dirsUnmodified(),
        written.dataBlobs(),
        written.treeBlobs(),
        written.dataAdded(),
        written.dataAddedPacked(),
        counts.totalFiles(),
        counts.totalBytes(),
        UnknownFields.NONE);
  }
}
