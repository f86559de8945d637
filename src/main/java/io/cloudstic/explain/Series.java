package io.cloudstic.explain;

import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.onedrive.catalogue.LineageJson;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of one source, newest first.
 *
 * @param snapshots never empty
 * @param lineage what the newest says of its drive; null for a directory, or when it was dropped
 */
record Series(List<Snapshot> snapshots, Lineage lineage) {

  /**
   * The series of the newest snapshot that the filter lets through; drives before directories.
   *
   * @param unreadable is told of each that is damaged, and left out
   */
  static Optional<Series> newest(
      Repository repository, SnapshotFilter filter, Snapshots.Unreadable unreadable) {
    List<Snapshot> all = new ArrayList<>();
    new Snapshots(repository.files()).forEach(filter, all::add, unreadable);
    all.sort(Snapshots.BY_TIME.reversed());
    return all.stream()
        .filter(Series::isOfDrive)
        .findFirst()
        .or(() -> all.stream().findFirst())
        .map(
            newest ->
                new Series(
                    all.stream().filter(one -> isSame(one, newest)).toList(), lineage(newest)));
  }

  Snapshot newest() {
    return snapshots.get(0);
  }

  private static Lineage lineage(Snapshot snapshot) {
    return snapshot.cloudstic().map(LineageJson::read).orElse(null);
  }

  private static boolean isOfDrive(Snapshot snapshot) {
    return snapshot.paths().stream().anyMatch(path -> path.startsWith("onedrive:/"));
  }

  private static boolean isSame(Snapshot one, Snapshot newest) {
    Lineage its = lineage(one);
    Lineage wanted = lineage(newest);
    if (its == null || wanted == null) {
      return one.hostname().equals(newest.hostname()) && one.paths().equals(newest.paths());
    }
    return its.driveId().equalsIgnoreCase(wanted.driveId())
        && its.scope().equalsIgnoreCase(wanted.scope());
  }
}
