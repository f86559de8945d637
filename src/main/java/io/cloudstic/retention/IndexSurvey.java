package io.cloudstic.retention;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The whole index, and which file lists which packs: what must be known before an index file may be
 * replaced. Immutable once loaded.
 *
 * @param index all of it
 * @param files the files that it was read from, by their ids
 */
record IndexSurvey(BlobIndex index, List<Listing> files) {
  /** A full index file takes about 15 MB while it is read. */
  private static final int WIDTH = 4;

  /**
   * An index file.
   *
   * @param file its id
   * @param packs what it lists
   * @param blobs how many blobs they have
   */
  record Listing(Id file, List<Id> packs, int blobs) {}

  /**
   * Reads every index file.
   *
   * @throws RepositoryException when one cannot be read
   */
  static IndexSurvey load(Repository repository) {
    List<Id> files = new ArrayList<>();
    repository.listFiles(FileKind.INDEX, file -> files.add(file.id()));
    Collections.sort(files);
    BlobIndex index = new BlobIndex();
    List<Listing> listings = Collections.synchronizedList(new ArrayList<>());
    Concurrently.forEach(files, WIDTH, file -> listings.add(read(repository, file, index)));
    List<Listing> sorted = new ArrayList<>(listings);
    sorted.sort((a, b) -> a.file().compareTo(b.file()));
    return new IndexSurvey(index, List.copyOf(sorted));
  }

  private static Listing read(Repository repository, Id file, BlobIndex index) {
    List<Id> packs = new ArrayList<>();
    int[] blobs = {0};
    try {
      repository
          .indexFiles()
          .decode(
              file,
              pack -> {
                index.add(pack);
                packs.add(pack.id());
                blobs[0] += pack.blobs().size();
              });
    } catch (ObjectNotFoundException e) {
      throw RepositoryException.damaged(
          FileKind.INDEX.key(file) + " was listed and cannot be found", e);
    }
    return new Listing(file, List.copyOf(packs), blobs[0]);
  }
}
