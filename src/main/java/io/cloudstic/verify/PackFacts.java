package io.cloudstic.verify;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.pack.PackHeader;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.List;

/** What is remembered of a pack: a few numbers instead of its blobs. */
final class PackFacts {
  /** What no listing has shown. */
  static final long MISSING = -1;

  /** How long the pack must be by its index entry. */
  final long indexedSize;

  /** The same for equal lists of blobs, in any order. */
  final long fingerprint;

  /** Whether it holds trees and data, as only old versions wrote it. */
  final boolean mixed;

  /** How long it is. */
  long size = MISSING;

  PackFacts(List<PackedBlob> blobs) {
    indexedSize = PackHeader.packSize(blobs);
    fingerprint = fingerprint(blobs);
    mixed =
        blobs.stream().anyMatch(b -> b.type() == BlobType.TREE)
            && blobs.stream().anyMatch(b -> b.type() == BlobType.DATA);
  }

  /** Whether the pack is there and long enough for this blob of it. */
  boolean holds(PackedBlob blob) {
    return blob.offset() + blob.length() <= size;
  }

  /**
   * A sum, so that the order does not count; each blob's part depends on all that is known of it.
   */
  static long fingerprint(List<PackedBlob> blobs) {
    long sum = blobs.size();
    for (PackedBlob blob : blobs) {
      long one = blob.id().word(0) * 31 + blob.id().word(1);
      one = one * 31 + blob.type().ordinal();
      one = one * 31 + blob.offset();
      one = one * 31 + blob.length();
      one = one * 31 + blob.uncompressedLength();
      // Mixed (the finaliser of MurmurHash3) so that differences in two blobs do not cancel out.
      one = (one ^ one >>> 33) * 0xff51afd7ed558ccdL;
      one = (one ^ one >>> 33) * 0xc4ceb9fe1a85ec53L;
      sum += one ^ one >>> 33;
    }
    return sum;
  }
}
