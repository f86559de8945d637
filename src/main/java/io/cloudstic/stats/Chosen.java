package io.cloudstic.stats;

import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import java.util.List;
import java.util.function.Consumer;

/** The snapshots that are counted: the named ones, else all that the filter lets through. */
final class Chosen {
  private Chosen() {}

  static void forEach(
      Repository repository, List<String> names, SnapshotFilter filter, Consumer<Snapshot> sink) {
    Snapshots snapshots = new Snapshots(repository.files());
    if (names.isEmpty()) {
      snapshots.forEach(filter, sink);
    } else {
      names.stream().map(name -> snapshots.find(name, filter)).distinct().forEach(sink);
    }
  }
}
