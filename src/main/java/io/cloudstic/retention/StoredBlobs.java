package io.cloudstic.retention;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackWindows;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.StoreException;
import java.io.IOException;

/**
 * Loads single blobs from any of their places, verified; neighbours in a pack share requests.
 * Thread-safe.
 */
final class StoredBlobs {
  private final Repository repository;
  private final BlobIndex index;
  private final PackWindows packs;

  StoredBlobs(Repository repository, BlobIndex index) {
    this.repository = repository;
    this.index = index;
    this.packs = new PackWindows(repository.store());
  }

  /**
   * The plain bytes of a blob.
   *
   * @throws RepositoryException when no place has it undamaged
   */
  byte[] load(BlobType type, Id id) {
    Exception damage = null;
    for (BlobLocation location : index.lookup(type, id)) {
      try {
        return read(location);
      } catch (ObjectNotFoundException | IOException | AuthenticationException e) {
        damage = e;
      } catch (StoreException e) {
        throw failure(location, e);
      }
    }
    String blob = type.word() + " blob " + id;
    throw RepositoryException.damaged(
        damage == null
            ? blob + " is in no index"
            : blob + " cannot be read: " + damage.getMessage(),
        damage);
  }

  /** A damaged read may be the connection's fault: once more, past the windows. */
  private byte[] read(BlobLocation location) throws IOException {
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    int length = Math.toIntExact(location.length());
    try {
      byte[] sealed = packs.read(location.pack(), location.offset(), length);
      return decoder.decode(location.blob(), sealed, 0);
    } catch (IOException | AuthenticationException e) {
      byte[] sealed =
          repository
              .store()
              .getRange(FileKind.PACK.key(location.pack()), location.offset(), length);
      return decoder.decode(location.blob(), sealed, 0);
    }
  }

  /** A pack that is too short fails like an unreachable store, and is damage none the less. */
  private RuntimeException failure(BlobLocation location, StoreException e) {
    String key = FileKind.PACK.key(location.pack());
    return repository.store().size(key).orElse(0) < location.offset() + location.length()
        ? RepositoryException.damaged("pack " + key + " ends before its blobs do", e)
        : e;
  }
}
