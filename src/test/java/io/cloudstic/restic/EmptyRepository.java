package io.cloudstic.restic;

import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Config;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.LocalStore;
import java.nio.file.Path;

/**
 * Makes empty repositories whose key costs next to nothing. One that {@code restic init} makes
 * costs seconds of processor time on every call, because restic chooses the key's cost so.
 */
public final class EmptyRepository {
  private EmptyRepository() {}

  /** Makes one of a format version, 1 or 2, for restic and for us. */
  public static void make(Path place, String password, int version) {
    LocalStore store = new LocalStore(place);
    try (Repository made =
        Repository.init(store, password.toCharArray(), TestEnvironment.create(), KdfCost.LOWEST)) {
      Config config = made.config();
      if (version != config.version()) {
        Config other =
            new Config(version, config.id(), config.chunkerPolynomial(), config.others());
        store.put(FileKind.configKey(), made.envelope().seal(other.json()));
      }
    }
  }
}
