package io.cloudstic.repair;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.repository.Repository;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Which blobs the store can have: those with a place in a pack that is there and long enough. */
final class ReadableBlobs {
  private final Repository repository;
  private final Map<Id, Long> sizes = new HashMap<>();

  private ReadableBlobs(Repository repository) {
    this.repository = repository;
  }

  /** Lists the packs, and loads the index. */
  static ReadableBlobs of(Repository repository) {
    ReadableBlobs blobs = new ReadableBlobs(repository);
    repository.index();
    repository.listFiles(FileKind.PACK, file -> blobs.sizes.put(file.id(), file.size()));
    return blobs;
  }

  /** The length of the plain bytes of a data blob; empty when it is not there. */
  OptionalLong length(Id data) {
    for (BlobLocation place : repository.index().lookup(BlobType.DATA, data)) {
      if (sizes.getOrDefault(place.pack(), 0L) >= place.offset() + place.length()) {
        return OptionalLong.of(place.blob().plainLength());
      }
    }
    return OptionalLong.empty();
  }

  /** The verified bytes of a tree. */
  byte[] tree(Id tree) {
    return repository.loadBlob(BlobType.TREE, tree);
  }
}
