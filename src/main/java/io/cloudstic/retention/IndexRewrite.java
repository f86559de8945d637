package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexFile;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.repository.Repository;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Replaces the index files that list packs which are to go, and merges small ones on the occasion.
 * New files are durable before old ones are removed: at any moment every pack that stays is listed.
 */
final class IndexRewrite {
  /** Blobs in one index file, as in restic. */
  private static final int FULL = 50_000;

  private static final int SMALL = FULL / 4;

  /** So many small files are merged even when nothing else changes. */
  private static final int MANY_SMALL = 10;

  /** Removed at once: a store may be far away. */
  private static final int WIDTH = 8;

  private final Repository repository;
  private final IndexSurvey survey;
  private final Runnable stillLocked;
  private final List<Id> replaced = new ArrayList<>();
  private final Set<Id> listAnew = new HashSet<>();

  /**
   * Decides which files to replace; changes nothing.
   *
   * @param unlisted packs that leave the index
   * @param stillLocked throws when the lock is lost
   */
  IndexRewrite(Repository repository, IndexSurvey survey, Set<Id> unlisted, Runnable stillLocked) {
    this.repository = repository;
    this.survey = survey;
    this.stillLocked = stillLocked;
    Set<Id> kept = new HashSet<>();
    boolean mergeSmall = mergesSmall(unlisted);
    for (IndexSurvey.Listing file : survey.files()) {
      boolean leaves = file.packs().isEmpty() || mergeSmall && file.blobs() < SMALL;
      for (Id pack : file.packs()) {
        leaves |= unlisted.contains(pack) || kept.contains(pack);
      }
      if (leaves) {
        replaced.add(file.file());
        listAnew.addAll(file.packs());
      } else {
        kept.addAll(file.packs());
      }
    }
    listAnew.removeAll(unlisted);
    listAnew.removeAll(kept);
  }

  private boolean mergesSmall(Set<Id> unlisted) {
    long small = survey.files().stream().filter(file -> file.blobs() < SMALL).count();
    boolean changes =
        survey.files().stream()
            .anyMatch(file -> file.packs().stream().anyMatch(unlisted::contains));
    return small >= (changes ? 2 : MANY_SMALL);
  }

  /** How many files are replaced. */
  int count() {
    return replaced.size();
  }

  /** Writes the new files, then removes the old ones. */
  void run(LongConsumer progress) {
    List<IndexedPack> packs = new ArrayList<>();
    int[] blobs = {0};
    survey
        .index()
        .forEachPack(
            pack -> {
              if (listAnew.contains(pack.id())) {
                packs.add(pack);
                blobs[0] += pack.blobs().size();
                if (blobs[0] >= FULL) {
                  save(packs);
                  blobs[0] = 0;
                }
              }
            });
    save(packs);
    stillLocked.run();
    long[] done = {0};
    Concurrently.forEach(
        replaced,
        WIDTH,
        file -> {
          repository.removeFile(FileKind.INDEX, file);
          synchronized (done) {
            progress.accept(++done[0]);
          }
        });
  }

  private void save(List<IndexedPack> packs) {
    if (!packs.isEmpty()) {
      stillLocked.run();
      repository.saveFile(FileKind.INDEX, IndexFile.encode(packs));
      packs.clear();
    }
  }
}
