package io.cloudstic.copy;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Wanted blobs that lie near one another in a pack, to be read in one request.
 *
 * @param pack the pack
 * @param blobs in the order of their offsets
 */
record PackRun(Id pack, List<PackedBlob> blobs) {
  /** What is read at once, unless a single blob is longer. */
  private static final long LONGEST = 8 << 20;

  /** What is read in vain sooner than asked for apart: a request costs more. */
  private static final long LARGEST_GAP = 64 << 10;

  /** Cuts the wanted blobs of a pack into runs. */
  static void of(Id pack, List<PackedBlob> wanted, Consumer<PackRun> sink) {
    List<PackedBlob> sorted = new ArrayList<>(wanted);
    sorted.sort(Comparator.comparingLong(PackedBlob::offset));
    List<PackedBlob> run = new ArrayList<>();
    for (PackedBlob blob : sorted) {
      if (!run.isEmpty() && !fits(run, blob)) {
        sink.accept(new PackRun(pack, List.copyOf(run)));
        run.clear();
      }
      run.add(blob);
    }
    if (!run.isEmpty()) {
      sink.accept(new PackRun(pack, List.copyOf(run)));
    }
  }

  private static boolean fits(List<PackedBlob> run, PackedBlob next) {
    PackedBlob last = run.get(run.size() - 1);
    return next.offset() - (last.offset() + last.length()) <= LARGEST_GAP
        && next.offset() + next.length() - run.get(0).offset() <= LONGEST;
  }

  long offset() {
    return blobs.get(0).offset();
  }

  int length() {
    PackedBlob last = blobs.get(blobs.size() - 1);
    return Math.toIntExact(last.offset() + last.length() - offset());
  }
}
