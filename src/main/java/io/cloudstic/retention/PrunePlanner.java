package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides by restic's rules what happens to each pack: one without a used blob is removed, one that
 * is wholly used and not small is kept, the rest is repacked, trees first and then the most
 * wasteful, until little enough is unused.
 */
final class PrunePlanner {
  /** Fewer small packs are not worth the trouble; one alone would be repacked for ever. */
  private static final int MIN_SMALL_PACKS = 10;

  private static final int SMALL_SHARE = 25;

  private final PruneRequest request;
  private final boolean compresses;
  private final long smallBelow;
  private final List<PrunePlan.Pack> remove = new ArrayList<>();
  private final List<PrunePlan.Pack> repack = new ArrayList<>();
  private final Set<Id> missing = new HashSet<>();
  private final List<PackUse> candidates = new ArrayList<>();
  private final List<PackUse> small = new ArrayList<>();
  private long kept;
  private long usedBlobs;
  private long usedBytes;
  private long spareBlobs;
  private long spareBytes;
  private long unusedBlobs;
  private long unusedBytes;
  private long repackBlobs;
  private long repackBytes;
  private long repackFreedBlobs;
  private long repackFreedBytes;
  private long removedBlobs;
  private long removedBytes;

  /** A planner for repositories that compress, or do not, which is a matter of their version. */
  PrunePlanner(PruneRequest request, boolean compresses) {
    this.request = request;
    this.compresses = compresses;
    this.smallBelow =
        request.repackSmall()
            ? PackBuilder.DEFAULT_TARGET / 5 * 4
            : PackBuilder.DEFAULT_TARGET / SMALL_SHARE;
  }

  PrunePlan plan(PackSurvey survey, int snapshots) {
    survey.packs().forEach(this::sort);
    if (small.size() < MIN_SMALL_PACKS) {
      kept += small.size();
    } else {
      candidates.addAll(small);
    }
    candidates.sort(mostUrgentFirst());
    candidates.forEach(this::decide);
    PruneSummary summary =
        new PruneSummary(
            snapshots,
            usedBlobs,
            usedBytes,
            spareBlobs,
            spareBytes,
            unusedBlobs,
            unusedBytes,
            survey.orphans().count(),
            kept,
            repack.size(),
            remove.size(),
            repackBlobs,
            repackBytes,
            repackFreedBlobs,
            repackFreedBytes,
            removedBlobs,
            removedBytes);
    return new PrunePlan(survey.orphans().removable(), remove, repack, missing, summary);
  }

  private void sort(PackUse pack) {
    if (pack.size == PackUse.MISSING) {
      missing.add(pack.id); // and not needed, or there would be no plan
      return;
    }
    usedBlobs += pack.usedBlobs;
    usedBytes += pack.usedBytes + (pack.usedBlobs > 0 ? pack.overhead : 0);
    spareBlobs += pack.spareBlobs;
    spareBytes += pack.spareBytes;
    unusedBlobs += pack.unusedBlobs - pack.spareBlobs;
    unusedBytes += pack.unusedBytes - pack.spareBytes + (pack.usedBlobs > 0 ? 0 : pack.overhead);
    if (pack.usedBlobs == 0) {
      remove.add(new PrunePlan.Pack(pack.id, pack.size));
      removedBlobs += pack.unusedBlobs;
      removedBytes += pack.unusedBytes + pack.overhead;
    } else if (request.repackCacheableOnly() && pack.type == BlobType.DATA) {
      kept++;
    } else if (pack.unusedBlobs == 0 && pack.type != null && !mustCompress(pack)) {
      if (isSmall(pack)) {
        small.add(pack);
      } else {
        kept++;
      }
    } else {
      candidates.add(pack);
    }
  }

  private boolean mustCompress(PackUse pack) {
    return compresses && pack.type == BlobType.TREE && pack.uncompressed;
  }

  private boolean isSmall(PackUse pack) {
    return pack.size < smallBelow;
  }

  private Comparator<PackUse> mostUrgentFirst() {
    return Comparator.comparing((PackUse pack) -> pack.type == BlobType.DATA)
        .thenComparing(pack -> !isSmall(pack))
        .thenComparing(pack -> -(double) pack.unusedBytes / pack.usedBytes)
        .thenComparing(pack -> pack.id);
  }

  private void decide(PackUse pack) {
    long left = spareBytes + unusedBytes - removedBytes - repackFreedBytes;
    boolean littleUnused = left <= request.maxUnused().allowed(usedBytes);
    // Compared by subtraction: the limit may be the greatest number there is.
    boolean tooMuch = pack.size > request.maxRepackBytes() - repackBytes;
    boolean must = pack.type != BlobType.DATA || mustCompress(pack);
    if (tooMuch || !must && littleUnused && !isSmall(pack)) {
      kept++;
      return;
    }
    repack.add(new PrunePlan.Pack(pack.id, pack.size));
    repackBlobs += pack.usedBlobs + (long) pack.unusedBlobs;
    repackBytes += pack.size;
    repackFreedBlobs += pack.unusedBlobs;
    repackFreedBytes += pack.unusedBytes;
  }
}
