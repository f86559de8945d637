package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.ArrayList;
import java.util.List;

/** A stretch of a pack that is fetched at once, with the blobs that are wanted of it. */
final class PackRead {
  /** Where the plain bytes of a blob go. */
  record Placement(PendingFile file, long offset) {}

  /** A blob, read once, and all its places in the files of a batch. */
  record WantedBlob(BlobLocation location, List<Placement> placements) {}

  /** Bytes fetched in one request, if there is more than one blob. */
  private static final int LONGEST = 4 << 20;

  /** Bytes that nobody wants and that cost less to read than another request. */
  private static final int LONGEST_GAP = 256 << 10;

  /** restic's longest chunk. */
  private static final int LONGEST_SCRATCH = 8 << 20;

  private final List<WantedBlob> blobs = new ArrayList<>();

  PackRead(WantedBlob first) {
    blobs.add(first);
  }

  /** Takes another blob in, which lies behind the last one; false when it is too far away. */
  boolean add(WantedBlob next) {
    BlobLocation location = next.location();
    boolean near =
        location.pack().equals(pack())
            && location.offset() >= end()
            && location.offset() - end() <= LONGEST_GAP
            && location.offset() + location.length() - offset() <= LONGEST;
    if (near) {
      blobs.add(next);
    }
    return near;
  }

  /** The blobs, by their offsets. */
  List<WantedBlob> blobs() {
    return blobs;
  }

  /**
   * The plain length of the longest compressed blob, as far as memory is given on an index's word.
   */
  int longestCompressed() {
    return (int)
        blobs.stream()
            .map(wanted -> wanted.location().blob())
            .filter(PackedBlob::isCompressed)
            .mapToLong(PackedBlob::plainLength)
            .filter(length -> length <= LONGEST_SCRATCH)
            .max()
            .orElse(0);
  }

  Id pack() {
    return blobs.get(0).location().pack();
  }

  long offset() {
    return blobs.get(0).location().offset();
  }

  /** The bytes from the first blob to the end of the last. */
  long length() {
    return end() - offset();
  }

  private long end() {
    BlobLocation last = blobs.get(blobs.size() - 1).location();
    return last.offset() + last.length();
  }
}
