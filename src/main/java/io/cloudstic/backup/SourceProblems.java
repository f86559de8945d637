package io.cloudstic.backup;

import io.cloudstic.onedrive.ItemException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Tells one file's own problem, which goes to the ledger, from one that ends the run. */
final class SourceProblems {
  private SourceProblems() {}

  /** The problem itself, out of what wraps it on its way through a stream. */
  static Exception of(Exception why) {
    return why instanceof UncheckedIOException wrapper ? wrapper.getCause() : why;
  }

  static boolean isOwn(Exception problem) {
    return problem instanceof ItemException || problem instanceof IOException;
  }
}
