package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every pack with how much of it is used. Of a blob with several copies exactly one pack's counts
 * as used, the others are spares: best is a pack that is whole, that holds nothing unused (it may
 * come from a prune that was interrupted), and that is needed for other blobs anyway.
 */
final class PackSurvey {
  private final BlobIndex index;
  private final BlobMarks used;
  private final Map<Id, PackUse> packs = new HashMap<>();
  private final OrphanPacks orphans;

  /** The packs in the order in which their spares are preferred. */
  private static final Comparator<PackUse> BY_WORTH =
      Comparator.comparing(PackUse::isWhole)
          .thenComparing(pack -> pack.unusedBytes == pack.spareBytes)
          .thenComparing(pack -> pack.ownBlobs > 0)
          .thenComparing(pack -> pack.indexedSize)
          .thenComparing(pack -> pack.id);

  private PackSurvey(BlobIndex index, BlobMarks used, OrphanPacks orphans) {
    this.index = index;
    this.used = used;
    this.orphans = orphans;
  }

  /**
   * Looks at all packs of the index and of the store.
   *
   * @param used the blobs that snapshots need
   * @param orphans is given what no index lists
   * @throws RepositoryException with exit code 14 when a pack that is needed is missing or has
   *     another size than the index says
   */
  static PackSurvey of(
      Repository repository, BlobIndex index, BlobMarks used, OrphanPacks orphans) {
    PackSurvey survey = new PackSurvey(index, used, orphans);
    BlobMarks several = survey.findPacks();
    repository.listFiles(FileKind.PACK, survey::listed);
    survey.count(several);
    survey.chooseCopies(several);
    survey.requireNeeded();
    return survey;
  }

  /** Also finds the blobs with several copies. */
  private BlobMarks findPacks() {
    BlobMarks seen = new BlobMarks(index.size());
    BlobMarks several = new BlobMarks(index.size());
    index.forEachPack(
        pack -> {
          packs.put(pack.id(), new PackUse(pack));
          for (PackedBlob blob : pack.blobs()) {
            int number = number(blob);
            if (!seen.add(number)) {
              several.add(number);
            }
          }
        });
    return several;
  }

  private void listed(StoredFile file) {
    PackUse pack = packs.get(file.id());
    if (pack == null) {
      orphans.add(file);
    } else {
      pack.size = file.size();
    }
  }

  private void count(BlobMarks several) {
    index.forEachPack(
        listed -> {
          PackUse pack = packs.get(listed.id());
          for (PackedBlob blob : listed.blobs()) {
            int number = number(blob);
            if (!used.contains(number)) {
              pack.unused(blob);
            } else if (several.contains(number)) {
              pack.spare(blob);
            } else {
              pack.used(blob);
            }
          }
          pack.ownBlobs = pack.usedBlobs;
        });
  }

  private void chooseCopies(BlobMarks several) {
    index.forEachPack(
        listed -> {
          PackUse pack = packs.get(listed.id());
          for (PackedBlob blob : listed.blobs()) {
            int number = number(blob);
            if (several.contains(number) && used.contains(number) && isBest(pack, blob)) {
              pack.needed(blob);
            }
          }
        });
  }

  private boolean isBest(PackUse pack, PackedBlob blob) {
    for (BlobLocation place : index.lookup(blob.type(), blob.id())) {
      if (BY_WORTH.compare(packs.get(place.pack()), pack) > 0) {
        return false;
      }
    }
    return true;
  }

  private void requireNeeded() {
    for (PackUse pack : packs.values()) {
      if (pack.usedBlobs > 0 && !pack.isWhole()) {
        String key = FileKind.PACK.key(pack.id);
        throw RepositoryException.damaged(
            (pack.size == PackUse.MISSING
                    ? key + " is missing"
                    : key + " has " + pack.size + " bytes, by the index " + pack.indexedSize)
                + ", and snapshots need it; nothing was changed",
            null);
      }
    }
  }

  private int number(PackedBlob blob) {
    BlobType type = blob.type();
    return index.number(type, blob.id());
  }

  /** Every pack of the index. */
  List<PackUse> packs() {
    return List.copyOf(packs.values());
  }

  /** The packs that no index lists. */
  OrphanPacks orphans() {
    return orphans;
  }
}
