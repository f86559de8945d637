package io.cloudstic.restic.index;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.ObjectNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Loads index files, each once, into an index. Thread-safe. */
public final class IndexLoader {
  /** Another process may replace index files while we read; it cannot do so for ever. */
  private static final int ROUNDS = 5;

  /** A full index file takes about 15 MB while it is read. */
  private static final int WIDTH = 4;

  private final UnpackedFiles files;
  private final Set<Id> loaded = ConcurrentHashMap.newKeySet();

  /** Reads from these files. */
  public IndexLoader(UnpackedFiles files) {
    this.files = files;
  }

  /**
   * Loads the index files that were not loaded yet. A file that disappears between listing and
   * reading was replaced by another: then they are listed again.
   *
   * @return how many files were loaded
   * @throws RepositoryException when an index file is damaged
   */
  public synchronized int load(BlobIndex index) {
    int before = loaded.size();
    for (int round = 0; round < ROUNDS; round++) {
      if (loadListed(index)) {
        return loaded.size() - before;
      }
    }
    throw RepositoryException.damaged("index files are listed that cannot be found", null);
  }

  /** Whether all that were listed could be loaded. */
  private boolean loadListed(BlobIndex index) {
    List<Id> fresh = new ArrayList<>();
    files.list(
        FileKind.INDEX,
        (StoredFile file) -> {
          if (!loaded.contains(file.id())) {
            fresh.add(file.id());
          }
        });
    AtomicBoolean complete = new AtomicBoolean(true);
    Concurrently.forEach(
        fresh,
        WIDTH,
        id -> {
          try {
            decode(id, index::add);
            loaded.add(id);
          } catch (ObjectNotFoundException e) {
            complete.set(false);
          }
        });
    return complete.get();
  }

  /**
   * Reads one index file.
   *
   * @throws ObjectNotFoundException when there is no such file
   * @throws RepositoryException when it is damaged
   */
  public void decode(Id id, Consumer<IndexedPack> sink) {
    byte[] json = files.load(FileKind.INDEX, id);
    try {
      IndexFile.decode(json, sink);
    } catch (IOException e) {
      throw RepositoryException.damaged(FileKind.INDEX.key(id) + ": " + e.getMessage(), e);
    }
  }
}
