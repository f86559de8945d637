package io.cloudstic.copy;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.restic.write.WriteTotals;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import io.cloudstic.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies snapshots into another repository. Both are locked by the caller, shared.
 *
 * <p>All trees of the chosen snapshots are walked first, then the source's packs are read once, one
 * after the other, and of each what is wanted. The snapshots come last. Interrupted, it leaves
 * blobs that the next run finds. Either may have format version 1, in which nothing is compressed:
 * every blob is sealed as the destination takes it. Memory: a bit for each blob of the source,
 * three reads of 8 MiB, and what a {@link BlobWriter} takes.
 */
public final class SnapshotCopy {
  private static final int READERS = 3;

  private final Repository source;
  private final Repository destination;
  private final Runnable lockCheck;
  private final CopyListener listener;
  private final CopyProgress progress;
  private final Stop stop;

  /**
   * A copy.
   *
   * @param lockCheck throws when one of the locks was lost; asked before anything is stored
   * @param progress is kept up to date
   */
  public SnapshotCopy(
      Repository source,
      Repository destination,
      Runnable lockCheck,
      CopyListener listener,
      CopyProgress progress,
      Stop stop) {
    this.source = source;
    this.destination = destination;
    this.lockCheck = lockCheck;
    this.listener = listener;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * Copies what is not there yet. Snapshots that the source cannot give whole are left out, and
   * told to the listener.
   *
   * @param snapshots of the source
   * @param unreadable is told of each snapshot of the destination that is damaged; what it was a
   *     copy of is copied again
   * @throws CloudsticException when a store fails
   */
  public CopySummary run(List<Snapshot> snapshots, Snapshots.Unreadable unreadable) {
    CopiedSnapshots there = new CopiedSnapshots();
    destination.snapshots().forEach(SnapshotFilter.ALL, there::add, unreadable);
    List<Snapshot> missing = new ArrayList<>();
    snapshots.stream()
        .sorted(Snapshots.BY_TIME)
        .forEach(
            snapshot -> {
              Optional<Id> copy = there.copyOf(snapshot);
              copy.ifPresent(id -> listener.skipped(snapshot, id));
              if (copy.isEmpty()) {
                missing.add(snapshot);
              }
            });
    int skipped = snapshots.size() - missing.size();
    return missing.isEmpty() ? new CopySummary(0, skipped, 0, 0, 0, 0, 0) : copy(missing, skipped);
  }

  private CopySummary copy(List<Snapshot> missing, int skipped) {
    try (BlobWriter writer = BlobWriter.into(destination, WriteLimits.standard(), lockCheck)) {
      WantedBlobs wanted =
          new WantedBlobs(
              source,
              writer::contains,
              (tree, blob) -> writer.save(BlobType.TREE, blob, 0, blob.length),
              progress);
      for (Snapshot snapshot : missing) {
        stop.check();
        wanted.add(snapshot.tree());
      }
      progress.wanted(wanted.count());
      copyData(wanted, writer);
      writer.flush();
      int copied = saveSnapshots(missing, wanted);
      WriteTotals totals = writer.totals();
      return new CopySummary(
          copied,
          skipped,
          missing.size() - copied,
          totals.dataBlobs(),
          totals.treeBlobs(),
          totals.dataAdded(),
          totals.dataAddedPacked());
    }
  }

  private void copyData(WantedBlobs wanted, BlobWriter writer) {
    try (Workers readers = new Workers("copy", READERS)) {
      source
          .index()
          .forEachPack(
              pack -> {
                List<PackedBlob> here =
                    pack.blobs().stream()
                        .filter(blob -> wanted.take(blob.type(), blob.id()))
                        .toList();
                PackRun.of(pack.id(), here, run -> readers.submit(() -> copy(run, wanted, writer)));
              });
      readers.await();
    }
  }

  private void copy(PackRun run, WantedBlobs wanted, BlobWriter writer) {
    byte[] sealed = read(run);
    for (PackedBlob blob : run.blobs()) {
      stop.check();
      try {
        byte[] plain = open(blob, sealed, (int) (blob.offset() - run.offset()));
        writer.save(blob.type(), plain, 0, plain.length);
        progress.blob(plain.length);
      } catch (RepositoryException e) {
        if (e.exitCode() != ExitCode.DAMAGED) {
          throw e;
        }
        wanted.lost(blob.id());
        listener.lost(e.getMessage());
      }
    }
  }

  /** The bytes of a run, or null: then its blobs are tried one by one, in all their places. */
  private byte[] read(PackRun run) {
    try {
      return source.store().getRange(FileKind.PACK.key(run.pack()), run.offset(), run.length());
    } catch (StoreException e) {
      return null;
    }
  }

  private byte[] open(PackedBlob blob, byte[] sealed, int offset) {
    if (sealed != null) {
      try {
        return new BlobDecoder(source.envelope()).decode(blob, sealed, offset);
      } catch (IOException | AuthenticationException e) {
        // A second read, or another place, may be right.
        return source.loadBlob(blob.type(), blob.id());
      }
    }
    return source.loadBlob(blob.type(), blob.id());
  }

  private int saveSnapshots(List<Snapshot> missing, WantedBlobs wanted) {
    int copied = 0;
    for (Snapshot snapshot : missing) {
      if (!wanted.isComplete(snapshot.tree())) {
        listener.damaged(snapshot);
        continue;
      }
      lockCheck.run();
      // The parent means nothing there. Our own field stays: the place in the drive's feed belongs
      // to the tree, in whichever repository it is.
      Snapshot copy =
          destination
              .snapshots()
              .save(
                  snapshot.toBuilder()
                      .parent(null)
                      .original(snapshot.original().orElse(snapshot.id()))
                      .build());
      copied++;
      listener.copied(snapshot, copy.id());
    }
    return copied;
  }
}
