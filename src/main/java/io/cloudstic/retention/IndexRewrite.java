package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.IndexReplacement;
import io.cloudstic.restic.index.IndexWriter;
import io.cloudstic.restic.repository.Repository;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Chooses the index files that are to be replaced, because they list packs which are to go, and
 * merges small ones on the occasion.
 */
final class IndexRewrite {
  private static final int SMALL = IndexWriter.FULL / 4;

  /** So many small files are merged even when nothing else changes. */
  private static final int MANY_SMALL = 10;

  private final IndexSurvey survey;
  private final IndexReplacement replacement;
  private final Set<Id> listAnew = new HashSet<>();

  /**
   * Decides which files to replace; changes nothing.
   *
   * @param unlisted packs that leave the index
   * @param stillLocked throws when the lock is lost
   */
  IndexRewrite(Repository repository, IndexSurvey survey, Set<Id> unlisted, Runnable stillLocked) {
    this.survey = survey;
    this.replacement = new IndexReplacement(repository.files(), stillLocked);
    Set<Id> several = packsOfSeveralFiles();
    Set<Id> kept = new HashSet<>();
    boolean mergeSmall = mergesSmall(unlisted);
    for (IndexSurvey.Listing file : survey.files()) {
      boolean leaves =
          file.packs().isEmpty() || mergeSmall && file.blobs() < SMALL || lacksBlobs(file, several);
      for (Id pack : file.packs()) {
        leaves |= unlisted.contains(pack) || kept.contains(pack);
      }
      if (leaves) {
        replacement.replaces(file.file());
        listAnew.addAll(file.packs());
      } else {
        kept.addAll(file.packs());
      }
    }
    listAnew.removeAll(unlisted);
    listAnew.removeAll(kept);
  }

  private Set<Id> packsOfSeveralFiles() {
    Set<Id> seen = new HashSet<>();
    Set<Id> several = new HashSet<>();
    for (IndexSurvey.Listing file : survey.files()) {
      file.packs().stream().filter(pack -> !seen.add(pack)).forEach(several::add);
    }
    return several;
  }

  /** Whether another file knows more blobs of the same packs: it must not be the one that stays. */
  private boolean lacksBlobs(IndexSurvey.Listing file, Set<Id> several) {
    return file.packs().stream().anyMatch(several::contains)
        && file.packs().stream().mapToInt(pack -> survey.index().blobsOf(pack).size()).sum()
            > file.blobs();
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
    return replacement.count();
  }

  /** Writes the new files, then removes the old ones. */
  void run(LongConsumer progress) {
    survey
        .index()
        .forEachPack(
            pack -> {
              if (listAnew.contains(pack.id())) {
                replacement.add(pack);
              }
            });
    replacement.finish(progress);
  }
}
