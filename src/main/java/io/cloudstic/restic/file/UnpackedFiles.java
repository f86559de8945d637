package io.cloudstic.restic.file;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.store.ObjectStore;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loads, saves, lists and removes unpacked files: JSON, compressed from format version 2 on, in one
 * envelope. Thread-safe.
 */
public final class UnpackedFiles {
  /** An index of 50,000 blobs has about 10 MB of JSON; this leaves room for any that occur. */
  private static final int MAX_PLAIN = 256 << 20;

  private static final byte COMPRESSED = 2;

  private final ObjectStore store;
  private final Supplier<Envelope> envelopes;
  private final boolean compress;

  /**
   * The unpacked files of a repository.
   *
   * @param envelopes gives the calling thread an envelope of its own
   * @param version the repository's format version; files of version 1 are not compressed
   */
  public UnpackedFiles(ObjectStore store, Supplier<Envelope> envelopes, int version) {
    this.store = store;
    this.envelopes = envelopes;
    this.compress = version > 1;
  }

  /**
   * The JSON in a file.
   *
   * @throws io.cloudstic.store.ObjectNotFoundException when there is no such file
   * @throws RepositoryException when it is damaged, also on a second read
   */
  public byte[] load(FileKind kind, Id id) {
    byte[] stored = loadStored(store, kind, id);
    try {
      return decode(envelopes.get().open(stored));
    } catch (AuthenticationException | IOException e) {
      throw RepositoryException.damaged(kind.key(id) + ": " + e.getMessage(), e);
    }
  }

  /**
   * The stored bytes of a file, compared with its name. They are read twice before giving up: a
   * cache or a flaky connection may have spoilt the first.
   *
   * @throws io.cloudstic.store.ObjectNotFoundException when there is no such file
   * @throws RepositoryException when the content does not match the name
   */
  public static byte[] loadStored(ObjectStore store, FileKind kind, Id id) {
    String key = kind.key(id);
    byte[] stored = store.get(key);
    if (!Id.hash(stored).equals(id)) {
      stored = store.get(key);
    }
    if (!Id.hash(stored).equals(id)) {
      throw RepositoryException.damaged("the content of " + key + " does not match its name", null);
    }
    return stored;
  }

  /** Seals and stores a piece of JSON; it is durable when its name is returned. */
  public Id save(FileKind kind, byte[] json) {
    return save(kind, json, id -> {});
  }

  /**
   * The same for files that must not be left behind.
   *
   * @param announced is told the name before: when storing fails, the file may be there nonetheless
   */
  public Id save(FileKind kind, byte[] json, Consumer<Id> announced) {
    byte[] sealed = envelopes.get().seal(encode(json));
    Id id = Id.hash(sealed);
    announced.accept(id);
    store.put(kind.key(id), sealed);
    return id;
  }

  /** Whether there is such a file. */
  public boolean exists(FileKind kind, Id id) {
    return store.size(kind.key(id)).isPresent();
  }

  /** Removes a file; nothing happens when there is none. */
  public void remove(FileKind kind, Id id) {
    store.delete(kind.key(id));
  }

  /** Names every file of a kind, in no particular order; foreign names are skipped. */
  public void list(FileKind kind, Consumer<StoredFile> sink) {
    list(store, kind, sink);
  }

  /** Names every file of a kind in a store, in no particular order; foreign names are skipped. */
  public static void list(ObjectStore store, FileKind kind, Consumer<StoredFile> sink) {
    store.list(
        kind.prefix(),
        object ->
            kind.idOf(object.key())
                .ifPresent(
                    id -> sink.accept(new StoredFile(id, object.size(), object.modified()))));
  }

  private byte[] encode(byte[] json) {
    if (!compress) {
      return json;
    }
    byte[] frame = Compression.compress(json);
    byte[] plain = new byte[frame.length + 1];
    plain[0] = COMPRESSED;
    System.arraycopy(frame, 0, plain, 1, frame.length);
    return plain;
  }

  /** Both forms occur in version 2, whatever wrote it. */
  private static byte[] decode(byte[] plain) throws IOException {
    if (plain.length == 0) {
      throw new IOException("it is empty");
    }
    return switch (plain[0]) {
      case '{', '[' -> plain;
      case COMPRESSED -> Compression.decompressUpTo(plain, 1, plain.length - 1, MAX_PLAIN);
      default -> throw new IOException("its encoding " + plain[0] + " is unknown");
    };
  }
}
