package io.cloudstic.onedrive.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line that a person may type or paste while we wait for something else too. Reads only what is
 * there already, so that it neither blocks nor swallows what is meant for a later question.
 */
final class PastedLine {
  private static final int LONGEST_LINE = 16 * 1024;

  private final InputStream terminal;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /** Lines from here; null when there is no terminal. */
  PastedLine(InputStream terminal) {
    this.terminal = terminal;
  }

  /** Whether a person can paste something. */
  boolean isPossible() {
    return terminal != null;
  }

  /** The next complete line, trimmed and not empty, when there is one by now. */
  Optional<String> poll() {
    try {
      while (terminal != null && terminal.available() > 0) {
        int next = terminal.read();
        if (next == '\n' || next == '\r' || next < 0 || line.size() == LONGEST_LINE) {
          String text = line.toString(StandardCharsets.UTF_8).trim();
          line.reset();
          if (!text.isEmpty()) {
            return Optional.of(text);
          }
        } else {
          line.write(next);
        }
      }
    } catch (IOException e) {
      // A terminal that went away pastes nothing; the browser may still answer.
    }
    return Optional.empty();
  }
}
