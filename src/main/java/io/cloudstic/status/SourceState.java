package io.cloudstic.status;

import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.onedrive.catalogue.LineageJson;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest backups of one source.
 *
 * @param latest the newest snapshot
 * @param complete the newest one without unread files, or null
 * @param lineage what {@code latest} says of its drive, or null
 */
public record SourceState(Snapshot latest, Snapshot complete, Lineage lineage) {
  private static final Comparator<SourceState> BY_NAME =
      Comparator.comparing((SourceState source) -> source.latest().hostname())
          .thenComparing(source -> String.join("\n", source.latest().paths()));

  private record Key(String host, List<String> paths) {}

  /**
   * The sources of a repository by host and path; all snapshots are read, few are kept.
   *
   * @param unreadable is told of each that is damaged, and does not count
   */
  public static List<SourceState> all(Repository repository, Snapshots.Unreadable unreadable) {
    Map<Key, SourceState> sources = new HashMap<>();
    repository
        .snapshots()
        .forEach(
            SnapshotFilter.ALL,
            snapshot ->
                sources.merge(
                    new Key(snapshot.hostname(), List.copyOf(snapshot.paths())),
                    of(snapshot),
                    SourceState::newerOf),
            unreadable);
    List<SourceState> sorted = new ArrayList<>(sources.values());
    sorted.sort(BY_NAME);
    return sorted;
  }

  private static SourceState of(Snapshot snapshot) {
    Lineage lineage = snapshot.cloudstic().map(LineageJson::read).orElse(null);
    boolean whole = lineage == null || lineage.ledgerTotal() == 0;
    return new SourceState(snapshot, whole ? snapshot : null, lineage);
  }

  private static SourceState newerOf(SourceState one, SourceState other) {
    SourceState newest = Snapshots.BY_TIME.compare(one.latest, other.latest) >= 0 ? one : other;
    return new SourceState(newest.latest, newerOf(one.complete, other.complete), newest.lineage);
  }

  private static Snapshot newerOf(Snapshot one, Snapshot other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Snapshots.BY_TIME.compare(one, other) >= 0 ? one : other;
  }

  /** How long ago the newest snapshot was made; never negative. */
  public Duration age(Instant now) {
    Duration age = Duration.between(latest.time().toInstant(), now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** How many files could not be read. */
  public long unread() {
    return lineage == null ? 0 : lineage.ledgerTotal();
  }
}
