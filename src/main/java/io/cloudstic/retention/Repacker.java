package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import io.cloudstic.run.Workers;
import io.cloudstic.store.ObjectNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Copies blobs out of packs that are to go into new ones, each verified on the way. Neighbours are
 * read with one request. Blobs are copied as they are sealed; only trees that a repository should
 * have compressed are sealed anew.
 */
final class Repacker {
  /** What is read at once, unless a single blob is longer. */
  private static final int PIECE = 8 << 20;

  /** Unused bytes that are rather read than left out by a request of its own. */
  private static final int GAP = 128 << 10;

  private static final int THREADS = 2;

  /**
   * What no index lists when a prune is killed stays for a day, so little of it should be left. The
   * many small index files are merged at the end.
   */
  private static final Duration INDEX_AFTER = Duration.ofSeconds(10);

  private final Repository repository;
  private final BlobIndex index;
  private final BlobMarks wanted;
  private final StoredBlobs copies;
  private final boolean compresses;
  private final Runnable stillLocked;
  private final Stop stop;

  /**
   * A repacker of these blobs.
   *
   * @param wanted used blobs that no pack which is kept holds; each is taken out as it is copied
   * @param stillLocked throws when the lock is lost
   */
  Repacker(
      Repository repository, BlobIndex index, BlobMarks wanted, Runnable stillLocked, Stop stop) {
    this.repository = repository;
    this.index = index;
    this.wanted = wanted;
    this.copies = new StoredBlobs(repository, index);
    this.compresses = repository.config().version() > 1;
    this.stillLocked = stillLocked;
    this.stop = stop;
  }

  /**
   * Copies what is wanted of these packs; the copies and an index of them are durable on return.
   */
  void run(Set<Id> packs, LongConsumer progress) {
    // An index of its own: what the repository has does not count, for it is about to go.
    WriteLimits limits = WriteLimits.standard().withIndexAfter(INDEX_AFTER);
    try (BlobWriter writer = BlobWriter.into(repository, new BlobIndex(), limits, stillLocked)) {
      AtomicLong done = new AtomicLong();
      try (Workers workers = new Workers("prune-repack", THREADS)) {
        index.forEachPack(
            pack -> {
              if (packs.contains(pack.id())) {
                workers.submit(
                    () -> {
                      repack(pack, writer);
                      progress.accept(done.incrementAndGet());
                    });
              }
            });
        workers.await();
      }
      if (!wanted.isEmpty()) {
        throw new IllegalStateException("a used blob is in no pack that was to be repacked");
      }
      writer.flush();
    }
  }

  private void repack(IndexedPack pack, BlobWriter writer) {
    List<PackedBlob> blobs = new ArrayList<>();
    for (PackedBlob blob : pack.blobs()) {
      if (wanted.remove(index.number(blob.type(), blob.id()))) {
        blobs.add(blob);
      }
    }
    blobs.sort(Comparator.comparingLong(PackedBlob::offset));
    for (int i = 0; i < blobs.size(); ) {
      stop.check();
      stillLocked.run();
      int end = piece(blobs, i);
      copy(pack.id(), blobs.subList(i, end), writer);
      i = end;
    }
  }

  /** Up to which blob one request goes; at least one. */
  private static int piece(List<PackedBlob> blobs, int from) {
    long begin = blobs.get(from).offset();
    int end = from + 1;
    while (end < blobs.size()) {
      PackedBlob last = blobs.get(end - 1);
      PackedBlob next = blobs.get(end);
      if (next.offset() - last.offset() - last.length() > GAP
          || next.offset() + next.length() - begin > PIECE) {
        break;
      }
      end++;
    }
    return end;
  }

  private void copy(Id pack, List<PackedBlob> blobs, BlobWriter writer) {
    long begin = blobs.get(0).offset();
    PackedBlob last = blobs.get(blobs.size() - 1);
    int length = Math.toIntExact(last.offset() + last.length() - begin);
    byte[] sealed = read(pack, begin, length);
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    for (PackedBlob blob : blobs) {
      byte[] plain = null;
      int at = (int) (blob.offset() - begin);
      try {
        plain = sealed == null ? null : decoder.decode(blob, sealed, at);
      } catch (IOException | AuthenticationException damaged) {
        // another copy may be good
      }
      boolean asItIs = plain != null && !(mustCompress(blob) && plain.length > 0);
      if (asItIs) {
        writer.copy(blob, sealed, at);
      } else {
        byte[] good = plain != null ? plain : copies.load(blob.type(), blob.id());
        writer.save(blob.type(), good, 0, good.length);
      }
    }
  }

  /** The bytes, or null when the pack is gone, which other copies may make up for. */
  private byte[] read(Id pack, long offset, int length) {
    try {
      return repository.store().getRange(FileKind.PACK.key(pack), offset, length);
    } catch (ObjectNotFoundException e) {
      return null;
    }
  }

  private boolean mustCompress(PackedBlob blob) {
    return compresses && blob.type() == BlobType.TREE && !blob.isCompressed();
  }
}
