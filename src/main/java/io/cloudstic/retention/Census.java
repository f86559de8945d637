package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What the index lists and what of it the snapshots need. While others add to the repository it is
 * brought up to date as often as needed, and then reads only what is new. One thread.
 */
final class Census {
  private final Repository repository;
  private final Stop stop;
  private final LongConsumer progress;

  /** Snapshots that count already, or never. */
  private final Set<Id> seen;

  private final IndexSurvey survey = new IndexSurvey();
  private final BlobMarks used = new BlobMarks();
  private long trees;
  private int snapshots;

  /**
   * Of nothing yet.
   *
   * @param forgotten snapshots that do not count
   * @param progress is told how many trees were read
   */
  Census(Repository repository, Set<Id> forgotten, Stop stop, LongConsumer progress) {
    this.repository = repository;
    this.seen = new HashSet<>(forgotten);
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * Takes in what has appeared. Snapshots that disappear later go on counting.
   *
   * @return whether all index files that were there before still are
   * @throws RepositoryException with exit code 14 when anything that a snapshot needs is in no
   *     index, or a snapshot or tree cannot be read
   */
  boolean update() {
    // Snapshots before the index, so that none is newer than the index, even without a lock.
    List<Id> roots = newRoots();
    stop.check();
    boolean gone = survey.update(repository);
    stop.check();
    used.cover(survey.index().size());
    long before = trees;
    trees +=
        new UsedBlobs(
                repository, survey.index(), used, stop, read -> progress.accept(before + read))
            .find(roots);
    snapshots += roots.size();
    return !gone;
  }

  /** The trees of snapshots that do not count yet, oldest first. */
  private List<Id> newRoots() {
    record Root(Instant time, Id tree) {}
    List<Root> roots = new ArrayList<>();
    Set<Id> fresh = new HashSet<>();
    List<Id> unseen =
        repository.snapshots().ids().stream().filter(id -> !seen.contains(id)).toList();
    repository
        .snapshots()
        .forEachOf(
            unseen,
            snapshot -> {
              roots.add(new Root(snapshot.time().toInstant(), snapshot.tree()));
              fresh.add(snapshot.id());
            });
    if (fresh.size() < unseen.size()) {
      requireGone(unseen, fresh);
    }
    seen.addAll(fresh);
    return roots.stream().sorted(Comparator.comparing(Root::time)).map(Root::tree).toList();
  }

  /**
   * Passes when the snapshots that could not be found are listed no more. A store that names one
   * and has it not in this moment must not make us take its data for unused.
   */
  private void requireGone(List<Id> listed, Set<Id> found) {
    Set<Id> there = new HashSet<>(repository.snapshots().ids());
    for (Id snapshot : listed) {
      if (!found.contains(snapshot) && there.contains(snapshot)) {
        throw RepositoryException.damaged(
            FileKind.SNAPSHOT.key(snapshot) + " is listed and cannot be found", null);
      }
    }
  }

  /** The index files. */
  IndexSurvey survey() {
    return survey;
  }

  /** What they list. */
  BlobIndex index() {
    return survey.index();
  }

  /** The blobs that snapshots need. */
  BlobMarks used() {
    return used;
  }

  /** How many snapshots count. */
  int snapshots() {
    return snapshots;
  }
}
