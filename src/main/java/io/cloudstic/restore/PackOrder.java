package io.cloudstic.restore;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restore.PackRead.Placement;
import io.cloudstic.restore.PackRead.WantedBlob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the blobs of some files in the order in which they lie in the packs, so that every pack is
 * read once and every blob decoded once, however many files share it. Not thread-safe.
 */
final class PackOrder {
  private final BlobIndex index;
  private final Map<Id, WantedBlob> wanted = new LinkedHashMap<>();

  PackOrder(BlobIndex index) {
    this.index = index;
  }

  /**
   * Where the blobs of a file begin, and at last where the file ends; null when a blob is in no
   * index, so that nobody knows.
   */
  long[] offsets(List<Id> content) {
    long[] offsets = new long[content.size() + 1];
    for (int i = 0; i < content.size(); i++) {
      BlobLocation location = location(content.get(i));
      if (location == null) {
        return null;
      }
      offsets[i + 1] = offsets[i] + location.blob().plainLength();
    }
    return offsets;
  }

  /** Wants one blob of a file. */
  void add(PendingFile file, Id blob, long offset) {
    wanted
        .computeIfAbsent(blob, id -> new WantedBlob(location(id), new ArrayList<>(1)))
        .placements()
        .add(new Placement(file, offset));
  }

  /** What is to be read, the packs in the order in which the files want them first. */
  List<PackRead> reads() {
    Map<Id, List<WantedBlob>> packs = new LinkedHashMap<>();
    for (WantedBlob blob : wanted.values()) {
      packs.computeIfAbsent(blob.location().pack(), id -> new ArrayList<>()).add(blob);
    }
    List<PackRead> reads = new ArrayList<>();
    PackRead read = null;
    for (List<WantedBlob> blobs : packs.values()) {
      blobs.sort(Comparator.comparingLong(blob -> blob.location().offset()));
      for (WantedBlob blob : blobs) {
        if (read == null || !read.add(blob)) {
          read = new PackRead(blob);
          reads.add(read);
        }
      }
    }
    return reads;
  }

  private BlobLocation location(Id blob) {
    WantedBlob known = wanted.get(blob);
    if (known != null) {
      return known.location();
    }
    List<BlobLocation> found = index.lookup(BlobType.DATA, blob);
    return found.isEmpty() ? null : found.get(0);
  }
}
