package io.cloudstic.store;

import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.io.TempDir;

/** A directory on a file system that answers link(2) as FAT does. */
class LocalStoreWithoutLinksTest extends ObjectStoreContract {
  @TempDir Path temporary;

  @Override
  protected ObjectStore open() {
    return new LocalStore(temporary, new SecureRandom(), new NoLinks(temporary));
  }

  private static final class NoLinks extends ExclusiveName {
    NoLinks(Path root) {
      super(root);
    }

    @Override
    void link(Path finished, Path target) throws FileSystemException {
      throw new FileSystemException(
          target.toString(), finished.toString(), "Operation not permitted");
    }
  }
}
