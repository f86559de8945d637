package io.cloudstic.backup;

import io.cloudstic.restic.Id;

/** Where finished trees go. Thread-safe. */
@FunctionalInterface
public interface TreeSink {
  /**
   * Stores the encoded tree, unless the repository has it.
   *
   * @return its id
   */
  Id save(byte[] tree);
}
