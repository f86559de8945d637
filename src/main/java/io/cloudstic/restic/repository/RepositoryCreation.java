package io.cloudstic.restic.repository;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.crypto.KeyFile;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.file.StoredFile;
import io.cloudstic.restic.file.UnpackedFiles;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes a repository: a key file, and last the config. Nothing that is there is overwritten. */
final class RepositoryCreation {
  private final ObjectStore store;
  private final RepositoryEnvironment environment;
  private final Config config;

  RepositoryCreation(ObjectStore store, RepositoryEnvironment environment) {
    this.store = store;
    this.environment = environment;
    this.config = Config.create(environment.random());
  }

  Config config() {
    return config;
  }

  /** Fails where there is a repository, keys or snapshots. */
  static void checkVacant(ObjectStore store) {
    if (store.size(FileKind.configKey()).isPresent()) {
      throw exists(null);
    }
    for (FileKind kind : new FileKind[] {FileKind.KEY, FileKind.SNAPSHOT}) {
      AtomicBoolean any = new AtomicBoolean();
      UnpackedFiles.list(store, kind, (StoredFile file) -> any.set(true));
      if (any.get()) {
        throw new RepositoryException(
            ExitCode.FAILED,
            "there is no config, but there are files in "
                + kind.prefix()
                + ": the remains of a repository",
            "choose an empty place, or remove what is left of an interrupted init",
            null);
      }
    }
  }

  KeyRing.OpenedKey create(char[] password, KdfCost cost) {
    checkVacant(store);
    MasterKey key = MasterKey.generate(environment.random());
    KeyFile keyFile =
        KeyFile.create(
            key,
            password,
            cost,
            environment.clock().instant().atOffset(ZoneOffset.UTC),
            environment.username(),
            environment.hostname(),
            environment.random());
    KeyRing keys = new KeyRing(store);
    Id keyId = keys.save(keyFile);
    byte[] sealed = new Envelope(key, environment.random()).seal(config.json());
    try {
      store.create(FileKind.configKey(), sealed);
    } catch (ObjectExistsException e) {
      // Somebody else was faster: our key belongs to no config and would break opening theirs.
      keys.remove(keyId);
      throw exists(e);
    } catch (StoreException e) {
      withdraw(keys, keyId, e);
      throw e;
    }
    return new KeyRing.OpenedKey(keyId, key);
  }

  /** A key without a config would be in the way of the next init. */
  private void withdraw(KeyRing keys, Id keyId, StoreException failure) {
    try {
      if (store.size(FileKind.configKey()).isEmpty()) {
        keys.remove(keyId);
      }
    } catch (CloudsticException e) {
      failure.addSuppressed(e);
    }
  }

  private static RepositoryException exists(Throwable cause) {
    return new RepositoryException(
        ExitCode.FAILED,
        "there is a repository already",
        "use it as it is, or choose another place",
        cause);
  }
}
