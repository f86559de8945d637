package io.cloudstic.restic.repository;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.KeyFile;
import io.cloudstic.restic.crypto.KeyFileCodec;
import io.cloudstic.restic.crypto.MalformedKeyException;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The key files of a repository. Thread-safe. */
public final class KeyRing {
  /** restic gives up after as many; each costs a derivation of its own. */
  static final int MAX_TRIED = 20;

  /** A key file has about 450 bytes; anything near this is none. */
  private static final int MAX_FILE = 64 * 1024;

  private final ObjectStore store;

  KeyRing(ObjectStore store) {
    this.store = store;
  }

  /**
   * A key file with its name.
   *
   * @param id its name
   * @param file its content
   */
  public record NamedKey(Id id, KeyFile file) {}

  /**
   * A master key, and which key file it came from.
   *
   * @param id the key file
   * @param masterKey for the caller to close
   */
  record OpenedKey(Id id, MasterKey masterKey) {}

  /** The names of all key files, sorted. */
  public List<Id> ids() {
    return listed().stream().map(StoredFile::id).toList();
  }

  /**
   * A key file.
   *
   * @throws io.cloudstic.store.ObjectNotFoundException when there is none of this name
   * @throws RepositoryException when it is damaged or not a key file
   */
  public NamedKey load(Id id) {
    byte[] stored = UnpackedFiles.loadStored(store, FileKind.KEY, id);
    try {
      return new NamedKey(id, KeyFileCodec.decode(stored));
    } catch (MalformedKeyException e) {
      throw unusable(id, e);
    }
  }

  /**
   * Tries the key files in order of their names until one opens with the password.
   *
   * @throws RepositoryException when none of the first 20 does; when one of them cannot be used by
   *     anybody it says so: that one might be ours, and "wrong password" would mislead
   */
  OpenedKey open(char[] password) {
    List<StoredFile> all = listed();
    if (all.isEmpty()) {
      throw withoutKeys();
    }
    RepositoryException unusable = null;
    for (StoredFile listed : all.subList(0, Math.min(all.size(), MAX_TRIED))) {
      try {
        Optional<MasterKey> opened = open(listed, password);
        if (opened.isPresent()) {
          return new OpenedKey(listed.id(), opened.get());
        }
      } catch (RepositoryException e) {
        // Another one may open all the same.
        unusable = unusable == null ? e : unusable;
      }
    }
    if (unusable != null) {
      throw unusable;
    }
    if (all.size() > MAX_TRIED) {
      throw new RepositoryException(
          ExitCode.WRONG_PASSWORD,
          "none of the first " + MAX_TRIED + " of " + all.size() + " keys opens with the password",
          "remove keys that are not needed, with a password that still works",
          null);
    }
    throw RepositoryException.wrongPassword();
  }

  private Optional<MasterKey> open(StoredFile listed, char[] password) {
    if (listed.size() > MAX_FILE) {
      throw RepositoryException.damaged(
          FileKind.KEY.key(listed.id()) + " is too long for a key file", null);
    }
    try {
      return load(listed.id()).file().open(password);
    } catch (MalformedKeyException e) {
      throw unusable(listed.id(), e);
    }
  }

  /** restic before 0.2 named the directory of keys on S3 differently. */
  private RepositoryException withoutKeys() {
    AtomicBoolean legacy = new AtomicBoolean();
    store.list("key/", object -> legacy.set(true));
    return legacy.get()
        ? new RepositoryException(
            ExitCode.FAILED,
            "the repository has the layout of very old restic versions (key/ instead of keys/)",
            "run: restic migrate s3_layout (with restic 0.14 to 0.17), then try again",
            null)
        : RepositoryException.damaged("it has no key files", null);
  }

  /** Stores a key file; it is durable when its name is returned. */
  Id save(KeyFile file) {
    byte[] stored = KeyFileCodec.encode(file);
    Id id = Id.hash(stored);
    store.put(FileKind.KEY.key(id), stored);
    return id;
  }

  /** Removes a key file; the caller knows that another one still opens the repository. */
  void remove(Id id) {
    store.delete(FileKind.KEY.key(id));
  }

  private List<StoredFile> listed() {
    List<StoredFile> files = new ArrayList<>();
    UnpackedFiles.list(store, FileKind.KEY, files::add);
    files.sort(Comparator.comparing(StoredFile::id));
    return files;
  }

  private static RepositoryException unusable(Id id, MalformedKeyException e) {
    return new RepositoryException(
        e.exitCode(), FileKind.KEY.key(id) + ": " + e.getMessage(), e.advice().orElse(null), e);
  }
}
