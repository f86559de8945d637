package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Files of the repository by the beginning of their id. */
final class ObjectNames {
  private ObjectNames() {}

  /**
   * The one file whose id begins like that.
   *
   * @throws CloudsticException when there is none, or there are several
   */
  static Id find(Repository repository, FileKind kind, String name) {
    String prefix = name.toLowerCase(Locale.ROOT);
    List<Id> found = new ArrayList<>();
    repository.listFiles(
        kind,
        file -> {
          if (file.id().hex().startsWith(prefix) && found.size() < 2) {
            found.add(file.id());
          }
        });
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new CloudsticException(
        ExitCode.FAILED,
        found.isEmpty() ? "there is no such object: " + name : "several ids begin with " + name,
        found.isEmpty() ? null : "write more of it",
        null);
  }
}
