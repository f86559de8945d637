package io.cloudstic.repair;

import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectNotFoundException;
import java.io.IOException;
import java.util.Optional;

/** Reads single blobs from one place, which may be damaged. */
final class BlobReader {
  /** A damaged read may be the connection's fault. */
  private static final int READS = 2;

  private final Repository repository;

  BlobReader(Repository repository) {
    this.repository = repository;
  }

  /**
   * The plain bytes, or empty when this place does not have them.
   *
   * @throws io.cloudstic.store.StoreException when the store fails: then nothing can be said
   */
  Optional<byte[]> read(BlobLocation place) {
    String key = FileKind.PACK.key(place.pack());
    // A place beyond the end is damage, and not to be taken for a failing store.
    if (repository.store().size(key).orElse(0) < place.offset() + place.length()) {
      return Optional.empty();
    }
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    for (int i = 0; i < READS; i++) {
      try {
        int length = Math.toIntExact(place.length());
        byte[] sealed = repository.store().getRange(key, place.offset(), length);
        return Optional.of(decoder.decode(place.blob(), sealed, 0));
      } catch (ObjectNotFoundException e) {
        return Optional.empty();
      } catch (AuthenticationException | IOException | ArithmeticException e) {
        // once more, or it is so
      }
    }
    return Optional.empty();
  }
}
