package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The whole index, and which file lists which packs: what must be known before an index file may be
 * replaced. One thread.
 */
final class IndexSurvey {
  /** A full index file takes about 15 MB while it is read. */
  private static final int WIDTH = 4;

  /** Others may replace index files while we read; they cannot do so for ever. */
  private static final int ROUNDS = 5;

  private final BlobIndex index = new BlobIndex();
  private final Map<Id, Listing> files = new ConcurrentSkipListMap<>();

  /**
   * An index file.
   *
   * @param file its id
   * @param packs what it lists
   * @param blobs how many blobs they have in it
   */
  record Listing(Id file, List<Id> packs, int blobs) {}

  /**
   * Everything that index files have listed at any time, also those that are gone, with numbers
   * that do not change.
   */
  BlobIndex index() {
    return index;
  }

  /** The files that are there, by their ids. */
  Collection<Listing> files() {
    return files.values();
  }

  /** The packs that the files list which are there. */
  Set<Id> packs() {
    Set<Id> packs = new HashSet<>();
    files.values().forEach(file -> packs.addAll(file.packs()));
    return packs;
  }

  /**
   * Reads the index files that were not read yet, and forgets those that are gone.
   *
   * @return whether any is gone
   * @throws RepositoryException when one cannot be read
   */
  boolean update(Repository repository) {
    boolean gone = false;
    for (int round = 1; ; round++) {
      Set<Id> listed = new TreeSet<>();
      repository.listFiles(FileKind.INDEX, file -> listed.add(file.id()));
      gone |= files.keySet().retainAll(listed);
      listed.removeAll(files.keySet());
      try {
        Concurrently.forEach(
            List.copyOf(listed), WIDTH, file -> files.put(file, read(repository, file)));
        return gone;
      } catch (ObjectNotFoundException e) {
        if (round == ROUNDS) {
          throw RepositoryException.damaged(
              "index files are listed that cannot be found: " + e.getMessage(), e);
        }
      }
    }
  }

  private Listing read(Repository repository, Id file) {
    List<Id> packs = new ArrayList<>();
    int[] blobs = {0};
    repository
        .indexFiles()
        .decode(
            file,
            pack -> {
              index.add(pack);
              packs.add(pack.id());
              blobs[0] += pack.blobs().size();
            });
    return new Listing(file, List.copyOf(packs), blobs[0]);
  }
}
