package io.cloudstic.backup;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.IndexWriter;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Packs that a killed run had stored, but came to name in no index. What they hold would be
 * downloaded and stored again, though it is there: a pack tells by its header what is in it
 * (restic's design document, "Pack Format").
 */
final class UnlistedPacks {
  /** Headers read at once. */
  private static final int WIDTH = 8;

  private static final int BATCH = 256;

  private final Repository repository;
  private final Runnable stillLocked;
  private final Stop stop;

  /**
   * Looks at nothing yet.
   *
   * @param stillLocked asked before a pack is named, throws when the lock is lost: a prune may have
   *     removed the pack
   */
  UnlistedPacks(Repository repository, Runnable stillLocked, Stop stop) {
    this.repository = repository;
    this.stillLocked = stillLocked;
    this.stop = stop;
  }

  private record Unlisted(Id id, long size) {}

  /**
   * Names those packs in an index that hold any of these blobs. Others are left alone: another run
   * may be about to name them.
   *
   * @return how many packs were named
   */
  int adopt(Set<Id> wanted) {
    if (wanted.isEmpty()) {
      return 0;
    }
    List<Unlisted> unlisted = new ArrayList<>();
    repository.listFiles(
        FileKind.PACK,
        file -> {
          if (!repository.index().containsPack(file.id())) {
            unlisted.add(new Unlisted(file.id(), file.size()));
          }
        });
    List<IndexedPack> found = new ArrayList<>();
    for (int from = 0; from < unlisted.size(); from += BATCH) {
      stop.check();
      List<Unlisted> batch = unlisted.subList(from, Math.min(unlisted.size(), from + BATCH));
      ConcurrentLinkedQueue<IndexedPack> read = new ConcurrentLinkedQueue<>();
      Concurrently.forEach(batch, WIDTH, pack -> read(pack, wanted, read));
      found.addAll(read);
    }
    name(found);
    return found.size();
  }

  private void read(Unlisted pack, Set<Id> wanted, ConcurrentLinkedQueue<IndexedPack> found) {
    try {
      List<PackedBlob> blobs =
          PackTail.read(repository.store(), pack.id(), pack.size(), repository.envelope());
      if (blobs.stream().anyMatch(blob -> wanted.contains(blob.id()))) {
        found.add(new IndexedPack(pack.id(), blobs));
      }
    } catch (RepositoryException | ObjectNotFoundException e) {
      // Cut short when the run was killed, or just removed: what it held is fetched again.
      return;
    }
  }

  private void name(List<IndexedPack> packs) {
    IndexWriter writer = new IndexWriter(repository.files(), stillLocked);
    packs.forEach(writer::add);
    writer.finish();
    packs.forEach(repository.index()::add);
  }
}
