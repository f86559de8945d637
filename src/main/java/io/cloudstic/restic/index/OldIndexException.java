package io.cloudstic.restic.index;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.RepositoryException;

/** The repository was written by restic before 0.2, whose index had another form. */
public class OldIndexException extends RepositoryException {
  private static final long serialVersionUID = 1L;

  OldIndexException() {
    super(
        ExitCode.FAILED,
        "the repository has an index of a very old form, from restic before 0.2",
        "run: restic rebuild-index (with restic 0.14 or earlier), then try again",
        null);
  }
}
