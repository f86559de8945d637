package io.cloudstic.restic.repository;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexLoader;
import io.cloudstic.restic.lock.LockKind;
import io.cloudstic.restic.lock.Locks;
import io.cloudstic.restic.lock.RepositoryLock;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.ObjectStore;
import java.util.function.Consumer;

/**
 * An open repository: everything that is read from or written to one goes through here. Opening
 * loads one key and the config; the index is loaded when it is first asked for.
 *
 * <p>Thread-safe. Closing wipes the key and leaves the store open, which the caller brought.
 */
public final class Repository implements AutoCloseable {
  private final ObjectStore store;
  private final RepositoryEnvironment environment;
  private final KeyRing keys;
  private final Id keyId;
  private final MasterKey key;
  private final Config config;
  private final ThreadLocal<Envelope> envelopes;
  private final UnpackedFiles files;
  private final BlobIndex index = new BlobIndex();
  private final IndexLoader indexLoader;
  private final BlobLoader blobs;
  private final Snapshots snapshots;
  private final Locks locks;
  private boolean indexLoaded;

  private Repository(
      ObjectStore store,
      RepositoryEnvironment environment,
      KeyRing keys,
      KeyRing.OpenedKey opened,
      Config config) {
    this.store = store;
    this.environment = environment;
    this.keys = keys;
    this.keyId = opened.id();
    this.key = opened.masterKey();
    this.config = config;
    this.envelopes = ThreadLocal.withInitial(() -> new Envelope(key, environment.random()));
    this.files = new UnpackedFiles(store, envelopes::get, config.version());
    this.indexLoader = new IndexLoader(files);
    this.blobs = new BlobLoader(store, envelopes::get, index, indexLoader);
    this.snapshots = new Snapshots(files);
    this.locks = new Locks(files, environment);
  }

  /**
   * Makes a repository whose key costs about half a second to derive on this machine, and opens it.
   *
   * @see #init(ObjectStore, char[], RepositoryEnvironment, KdfCost)
   */
  public static Repository init(
      ObjectStore store, char[] password, RepositoryEnvironment environment) {
    RepositoryCreation.checkVacant(store);
    return init(store, password, environment, KdfCost.calibrate(environment.clock()));
  }

  /**
   * Makes a repository of format version 2 and opens it. The config is written last: without it
   * there is no repository.
   *
   * @param password not empty
   * @param cost what deriving a key from the password costs
   * @throws RepositoryException when there is a repository already, or remains of one
   */
  public static Repository init(
      ObjectStore store, char[] password, RepositoryEnvironment environment, KdfCost cost) {
    RepositoryCreation creation = new RepositoryCreation(store, environment);
    KeyRing.OpenedKey key = creation.create(password, cost);
    return new Repository(store, environment, new KeyRing(store), key, creation.config());
  }

  /**
   * Opens a repository.
   *
   * @throws RepositoryException with the exit code for: no repository, wrong password, a version
   *     that is not supported, a damaged key or config
   */
  public static Repository open(
      ObjectStore store, char[] password, RepositoryEnvironment environment) {
    byte[] sealedConfig = readConfig(store);
    KeyRing keys = new KeyRing(store);
    KeyRing.OpenedKey opened = keys.open(password);
    try {
      Config config = Config.decode(openConfig(store, sealedConfig, opened, environment));
      return new Repository(store, environment, keys, opened, config);
    } catch (RuntimeException e) {
      opened.masterKey().close();
      throw e;
    }
  }

  private static byte[] readConfig(ObjectStore store) {
    try {
      return store.get(FileKind.configKey());
    } catch (ObjectNotFoundException e) {
      throw RepositoryException.none("the given store");
    }
  }

  private static byte[] openConfig(
      ObjectStore store, byte[] sealed, KeyRing.OpenedKey key, RepositoryEnvironment environment) {
    Envelope envelope = new Envelope(key.masterKey(), environment.random());
    try {
      return envelope.open(sealed);
    } catch (AuthenticationException first) {
      try {
        return envelope.open(store.get(FileKind.configKey()));
      } catch (AuthenticationException second) {
        throw RepositoryException.damaged(
            "the config does not open with the repository's key", second);
      }
    }
  }

  /** Its config. */
  public Config config() {
    return config;
  }

  /** The key that seals everything in it; closed with the repository. */
  public MasterKey key() {
    return key;
  }

  /** The key file that it was opened with. */
  public Id keyId() {
    return keyId;
  }

  /** All of its key files. */
  public KeyRing keys() {
    return keys;
  }

  /** Where it is. */
  public ObjectStore store() {
    return store;
  }

  /** Who we are, and our clock. */
  public RepositoryEnvironment environment() {
    return environment;
  }

  /** The calling thread's envelope, made when first asked for. */
  public Envelope envelope() {
    return envelopes.get();
  }

  /** Its index, snapshot and lock files. */
  public UnpackedFiles files() {
    return files;
  }

  /**
   * The index; the first call loads all index files. List snapshots first when both are needed, so
   * that no snapshot is newer than the index.
   *
   * @throws RepositoryException when an index file is damaged
   */
  public synchronized BlobIndex index() {
    if (!indexLoaded) {
      indexLoader.load(index);
      indexLoaded = true;
    }
    return index;
  }

  /** The loader of single index files, for whoever wants to know which file says what. */
  public IndexLoader indexFiles() {
    return indexLoader;
  }

  /**
   * The plain bytes of a blob, verified against its id. All places are tried, and the index is
   * looked at again, before it counts as lost.
   *
   * @throws RepositoryException when it is in no index or damaged everywhere
   */
  public byte[] loadBlob(BlobType type, Id id) {
    index();
    return blobs.load(type, id);
  }

  /**
   * The JSON of an index, snapshot or lock file, verified against its name.
   *
   * @throws ObjectNotFoundException when there is no such file
   * @throws RepositoryException when it is damaged
   */
  public byte[] loadFile(FileKind kind, Id id) {
    return files.load(kind, id);
  }

  /** Stores the JSON of an index, snapshot or lock file; durable when its name is returned. */
  public Id saveFile(FileKind kind, byte[] json) {
    return files.save(kind, json);
  }

  /** Removes an index, snapshot or lock file; nothing happens when there is none. */
  public void removeFile(FileKind kind, Id id) {
    files.remove(kind, id);
  }

  /** Names every file of a kind, in no particular order; foreign names are skipped. */
  public void listFiles(FileKind kind, Consumer<StoredFile> sink) {
    files.list(kind, sink);
  }

  /** Its snapshots. */
  public Snapshots snapshots() {
    return snapshots;
  }

  /** Its locks, for listing and unlocking. */
  public Locks locks() {
    return locks;
  }

  /**
   * Takes a lock, which refreshes itself until it is closed.
   *
   * @throws RepositoryException with exit code {@code LOCKED} when somebody else's lock forbids it
   */
  public RepositoryLock lock(LockKind kind) {
    return locks.acquire(kind);
  }

  /**
   * Takes a shared lock that can be read under at once; {@link RepositoryLock#check} comes before
   * anything is written.
   *
   * @throws RepositoryException with exit code {@code LOCKED} when somebody else's lock forbids it
   */
  public RepositoryLock share() {
    return locks.share();
  }

  @Override
  public void close() {
    key.close();
  }
}
