package io.cloudstic.restic.tree;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Valid JSON that is no tree. */
final class MalformedTreeException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedTreeException(JsonParser at, String what) {
    super(what + " (byte " + at.currentTokenLocation().getByteOffset() + ")");
  }
}
