package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.HashSet;
import java.util.Set;

/** The used blobs that would be lost with some packs, because no other pack holds a copy. */
final class OnlyCopies {
  private final BlobIndex index;
  private final Set<Id> leaving;
  private final BlobMarks blobs;

  /** Those that would be lost with the packs that leave. */
  OnlyCopies(BlobIndex index, BlobMarks used, Set<Id> leaving) {
    this.index = index;
    this.leaving = leaving;
    this.blobs = new BlobMarks(index.size());
    BlobMarks staying = new BlobMarks(index.size());
    index.forEachPack(
        pack -> {
          boolean stays = !leaving.contains(pack.id());
          for (PackedBlob blob : pack.blobs()) {
            int number = number(blob);
            if (stays) {
              staying.add(number);
              blobs.remove(number);
            } else if (used.contains(number) && !staying.contains(number)) {
              blobs.add(number);
            }
          }
        });
  }

  /** The blobs, for the caller to take out what he has saved. */
  BlobMarks blobs() {
    return blobs;
  }

  /**
   * Takes the blobs out, pack by pack.
   *
   * @param missing packs that hold nothing, whatever the index says
   * @return leaving packs that hold all of them; those that only missing packs hold are still in
   *     afterwards
   */
  Set<Id> takePacks(Set<Id> missing) {
    Set<Id> packs = new HashSet<>();
    index.forEachPack(
        pack -> {
          if (leaving.contains(pack.id()) && !missing.contains(pack.id())) {
            for (PackedBlob blob : pack.blobs()) {
              if (blobs.remove(number(blob))) {
                packs.add(pack.id());
              }
            }
          }
        });
    return packs;
  }

  private int number(PackedBlob blob) {
    return index.number(blob.type(), blob.id());
  }
}
