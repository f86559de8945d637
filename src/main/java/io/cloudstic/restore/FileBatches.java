package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.pack.PlainBlob;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.PackRead.Placement;
import io.cloudstic.restore.PackRead.WantedBlob;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Restores files, many at a time, in the order in which their blobs lie in the packs. A batch is
 * bounded by its number of blobs, which is what takes memory; a file that has more is a batch of
 * its own. Adding and flushing belong to one thread.
 */
final class FileBatches {
  /** Files and blobs of a batch, each of some hundred bytes: 32 GiB of large files. */
  private static final int FULL = 1 << 15;

  private final BlobIndex index;
  private final ContentReader content;
  private final FileRestorer files;
  private final Workers workers;
  private final Stop stop;

  /** Those of each worker. */
  private final ThreadLocal<ReadBuffers> buffers = ThreadLocal.withInitial(ReadBuffers::new);

  private final ConcurrentLinkedQueue<PendingFile> pending = new ConcurrentLinkedQueue<>();

  /** Files whose blobs have other lengths than the index says. */
  private final ConcurrentLinkedQueue<PendingFile> misplaced = new ConcurrentLinkedQueue<>();

  private int weight;

  FileBatches(
      BlobIndex index, ContentReader content, FileRestorer files, Workers workers, Stop stop) {
    this.index = index;
    this.content = content;
    this.files = files;
    this.workers = workers;
    this.stop = stop;
  }

  /**
   * Adds a file; it may be restored at once, or with the others.
   *
   * @param vacant whether it is known that nothing stands in its place
   */
  void add(Path place, NodePath path, Node node, boolean vacant) {
    if (vacant) {
      begin(place, path, node, true);
    } else {
      // Reading what is there takes time.
      workers.submit(() -> begin(place, path, node, false));
    }
    weight += 1 + (node.content() == null ? 0 : node.content().size());
    if (weight >= FULL) {
      flush();
    }
  }

  private void begin(Path place, NodePath path, Node node, boolean vacant) {
    stop.check();
    PendingFile file = files.begin(place, path, node, vacant);
    if (file != null) {
      pending.add(file);
    }
  }

  /**
   * Restores what was added, and returns when all of it is done.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws TargetFullException when there is no room
   */
  void flush() {
    weight = 0;
    try {
      workers.await();
      PackOrder order = new PackOrder(index);
      List<PendingFile> unordered = new ArrayList<>();
      for (PendingFile file : pending) {
        if (!plan(file, order)) {
          unordered.add(file);
        }
      }
      for (PackRead read : order.reads()) {
        workers.submit(() -> perform(read));
      }
      workers.await();
      unordered.addAll(misplaced);
      unordered.forEach(PendingFile::reset);
      unordered.forEach(file -> workers.submit(() -> files.restoreInOrder(file)));
      workers.await();
    } catch (RuntimeException e) {
      abandon();
      throw e;
    }
    pending.clear();
    misplaced.clear();
  }

  /** Whether it can be planned: where its blobs go is known. */
  private boolean plan(PendingFile file, PackOrder order) {
    List<Id> blobs = file.node().content();
    long[] offsets = order.offsets(blobs);
    if (offsets == null) {
      return false;
    }
    file.length(offsets[blobs.size()]);
    for (int i = 0; i < blobs.size(); i++) {
      if (!file.has(i)) {
        order.add(file, blobs.get(i), offsets[i]);
      }
    }
    if (file.isWhole()) {
      workers.submit(() -> files.completeEmpty(file));
    }
    return true;
  }

  private void perform(PackRead read) {
    try (Arrivals arrivals = new Arrivals(files)) {
      byte[] sealed = content.fetch(read, buffers.get());
      byte[] scratch = buffers.get().scratch(read.longestCompressed());
      for (WantedBlob blob : read.blobs()) {
        stop.check();
        arrive(read, blob, sealed, scratch, arrivals);
      }
    }
  }

  private void arrive(
      PackRead read, WantedBlob blob, byte[] sealed, byte[] scratch, Arrivals arrivals) {
    PlainBlob plain;
    try {
      int at = (int) (blob.location().offset() - read.offset());
      plain = content.decodeInPlace(blob.location(), sealed, at, scratch);
    } catch (RepositoryException e) {
      for (Placement placement : blob.placements()) {
        files.failed(placement.file(), e);
      }
      return;
    }
    if (plain.length() == blob.location().blob().plainLength()) {
      arrivals.write(blob, plain);
      return;
    }
    for (Placement placement : blob.placements()) {
      if (placement.file().fail()) {
        misplaced.add(placement.file());
      }
    }
  }

  /** The run ends early: what takes long to fetch again stays for the next one. */
  private void abandon() {
    try {
      workers.await();
    } catch (RuntimeException e) {
      // It is what ended the run.
    }
    pending.forEach(PendingFile::abandon);
  }
}
