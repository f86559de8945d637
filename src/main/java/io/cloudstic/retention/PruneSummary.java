package io.cloudstic.retention;

/**
 * What a prune does, by the plan. Blobs count once for each copy; bytes are those in packs.
 *
 * @param snapshots how many were looked at
 * @param usedBlobs blobs that snapshots need
 * @param usedBytes their bytes, with the headers of packs
 * @param spareBlobs further copies of used blobs
 * @param spareBytes their bytes
 * @param unusedBlobs blobs that nothing needs
 * @param unusedBytes their bytes
 * @param orphans packs that no index lists
 * @param packsKept packs that stay as they are
 * @param packsRepacked packs whose used blobs are copied to new ones
 * @param packsRemoved packs of which nothing is used, orphans not counted
 * @param repackBlobs blobs in repacked packs
 * @param repackBytes their bytes
 * @param repackFreedBlobs those of them that are not copied
 * @param repackFreedBytes their bytes
 * @param removedBlobs blobs in removed packs
 * @param removedBytes their bytes
 */
public record PruneSummary(
    long snapshots,
    long usedBlobs,
    long usedBytes,
    long spareBlobs,
    long spareBytes,
    long unusedBlobs,
    long unusedBytes,
    OrphanCount orphans,
    long packsKept,
    long packsRepacked,
    long packsRemoved,
    long repackBlobs,
    long repackBytes,
    long repackFreedBlobs,
    long repackFreedBytes,
    long removedBlobs,
    long removedBytes) {

  /** Blobs that are gone afterwards. */
  public long freedBlobs() {
    return repackFreedBlobs + removedBlobs;
  }

  /** By how much the repository shrinks, orphans included. */
  public long freedBytes() {
    return repackFreedBytes + removedBytes + orphans.removedBytes();
  }

  /** Blobs that are left. */
  public long remainingBlobs() {
    return usedBlobs + spareBlobs + unusedBlobs - freedBlobs();
  }

  /** Bytes of packs that are left. */
  public long remainingBytes() {
    return usedBytes + spareBytes + unusedBytes - repackFreedBytes - removedBytes;
  }

  /** Bytes that nothing needs and that stay all the same. */
  public long unusedAfterBytes() {
    return Math.max(0, remainingBytes() - usedBytes);
  }
}
