package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackHeader;
import io.cloudstic.restic.pack.PackedBlob;

/** How much of a pack is used: a few numbers instead of its blobs. */
final class PackUse {
  /** What no listing has shown. */
  static final long MISSING = -1;

  final Id id;

  /** How long it must be by the index. */
  final long indexedSize;

  /** The type of its blobs, or null when it holds both, as only old versions wrote it. */
  final BlobType type;

  /** Whether anything in it is not compressed. */
  final boolean uncompressed;

  final long overhead;
  long size = MISSING;
  long usedBytes;
  long unusedBytes;
  int usedBlobs;
  int unusedBlobs;

  /** Used blobs of which there is no other copy. */
  int ownBlobs;

  /** Unused blobs that are copies of used ones. */
  int spareBlobs;

  long spareBytes;

  PackUse(IndexedPack pack) {
    id = pack.id();
    indexedSize = PackHeader.packSize(pack.blobs());
    overhead = PackHeader.overhead(pack.blobs());
    boolean data = false;
    boolean trees = false;
    boolean raw = false;
    for (PackedBlob blob : pack.blobs()) {
      data |= blob.type() == BlobType.DATA;
      trees |= blob.type() == BlobType.TREE;
      raw |= !blob.isCompressed();
    }
    type = data == trees ? null : data ? BlobType.DATA : BlobType.TREE;
    uncompressed = raw;
  }

  /** Whether it is there, and as long as the index says. */
  boolean isWhole() {
    return size == indexedSize;
  }

  void used(PackedBlob blob) {
    usedBlobs++;
    usedBytes += blob.length();
  }

  void unused(PackedBlob blob) {
    unusedBlobs++;
    unusedBytes += blob.length();
  }

  void spare(PackedBlob blob) {
    unused(blob);
    spareBlobs++;
    spareBytes += blob.length();
  }

  /** A spare is the copy to be kept after all. */
  void needed(PackedBlob blob) {
    spareBlobs--;
    spareBytes -= blob.length();
    unusedBlobs--;
    unusedBytes -= blob.length();
    used(blob);
  }
}
