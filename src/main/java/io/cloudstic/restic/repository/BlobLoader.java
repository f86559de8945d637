package io.cloudstic.restic.repository;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.index.IndexLoader;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Loads single blobs, verified. A blob may be in several packs: all are tried before it counts as
 * lost, and so are those of index files that appeared since the index was loaded. Thread-safe.
 */
final class BlobLoader {
  /** A damaged read may be the connection's fault: once more from the same place. */
  private static final int READS = 2;

  private final ObjectStore store;
  private final Supplier<Envelope> envelopes;
  private final BlobIndex index;
  private final IndexLoader indexLoader;

  BlobLoader(
      ObjectStore store, Supplier<Envelope> envelopes, BlobIndex index, IndexLoader indexLoader) {
    this.store = store;
    this.envelopes = envelopes;
    this.index = index;
    this.indexLoader = indexLoader;
  }

  byte[] load(BlobType type, Id id) {
    Attempt attempt = new Attempt(type, id);
    byte[] plain = attempt.tryAll(index.lookup(type, id));
    if (plain == null && indexLoader.load(index) > 0) {
      plain = attempt.tryAll(index.lookup(type, id));
    }
    if (plain == null) {
      throw attempt.failure();
    }
    return plain;
  }

  private final class Attempt {
    private final BlobType type;
    private final Id id;
    private final Set<BlobLocation> tried = new HashSet<>();
    private Exception damage;
    private StoreException storeFailure;

    Attempt(BlobType type, Id id) {
      this.type = type;
      this.id = id;
    }

    /** The plain bytes, or null when no place that was not tried before has them. */
    byte[] tryAll(List<BlobLocation> locations) {
      for (BlobLocation location : locations) {
        byte[] plain = tried.add(location) ? read(location) : null;
        if (plain != null) {
          return plain;
        }
      }
      return null;
    }

    private byte[] read(BlobLocation location) {
      String key = FileKind.PACK.key(location.pack());
      BlobDecoder decoder = new BlobDecoder(envelopes.get());
      for (int i = 0; i < READS; i++) {
        try {
          int length = Math.toIntExact(location.length());
          byte[] sealed = store.getRange(key, location.offset(), length);
          return decoder.decode(location.blob(), sealed, 0);
        } catch (ObjectNotFoundException e) {
          damage = e;
          return null;
        } catch (StoreException e) {
          noteFailure(key, location, e);
          return null;
        } catch (AuthenticationException | IOException | ArithmeticException e) {
          damage = e;
        }
      }
      return null;
    }

    /** A pack that is too short fails like an unreachable store, and is damage none the less. */
    private void noteFailure(String key, BlobLocation location, StoreException e) {
      try {
        if (store.size(key).orElse(0) < location.offset() + location.length()) {
          damage = new IOException("pack " + key + " ends before it does", e);
          return;
        }
      } catch (StoreException unreachable) {
        // then the first failure says enough
      }
      storeFailure = e;
    }

    /** Of a store that fails nothing can be said about damage. */
    RuntimeException failure() {
      if (storeFailure != null) {
        return storeFailure;
      }
      String blob = type.word() + " blob " + id;
      return tried.isEmpty()
          ? RepositoryException.damaged(blob + " is in no index", null)
          : RepositoryException.damaged(blob + " cannot be read: " + damage.getMessage(), damage);
    }
  }
}
