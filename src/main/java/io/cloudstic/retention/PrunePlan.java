package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What happens to each pack.
 *
 * @param orphans packs that no index lists and that are to be removed
 * @param remove packs to be removed and taken out of the index
 * @param repack packs whose used blobs are copied to new ones before they are removed
 * @param missing packs that do not exist and are taken out of the index
 * @param summary the plan in numbers
 */
record PrunePlan(
    List<Id> orphans, List<Id> remove, List<Id> repack, List<Id> missing, PruneSummary summary) {

  /** The packs that leave the index. */
  Set<Id> unlisted() {
    Set<Id> all = new HashSet<>(remove);
    all.addAll(repack);
    all.addAll(missing);
    return all;
  }
}
