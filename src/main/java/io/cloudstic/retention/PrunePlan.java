package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import java.util.ArrayList;
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
    List<Pack> orphans,
    List<Pack> remove,
    List<Pack> repack,
    Set<Id> missing,
    PruneSummary summary) {

  /** A pack and how many bytes it has. */
  record Pack(Id id, long size) {}

  /** The packs that leave the index. */
  Set<Id> unlisted() {
    Set<Id> all = new HashSet<>(missing);
    remove.forEach(pack -> all.add(pack.id()));
    repack.forEach(pack -> all.add(pack.id()));
    return all;
  }

  /** The same without the packs that are to stay after all. */
  PrunePlan without(Set<Id> staying) {
    return new PrunePlan(
        without(orphans, staying),
        without(remove, staying),
        without(repack, staying),
        missing,
        summary);
  }

  static List<Pack> without(List<Pack> packs, Set<Id> staying) {
    return packs.stream().filter(pack -> !staying.contains(pack.id())).toList();
  }

  /** The packs that leave the store. */
  List<Pack> leaving() {
    List<Pack> all = new ArrayList<>(orphans);
    all.addAll(remove);
    all.addAll(repack);
    return all;
  }
}
