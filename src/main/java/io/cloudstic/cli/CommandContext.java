package io.cloudstic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;

/**
 * What a command works with.
 *
 * @param console the streams
 * @param global the global flags
 * @param settings environment and properties
 * @param stop the user's wish to stop
 */
record CommandContext(Console console, GlobalOptions global, Settings settings, Stop stop) {
  /** The results, as JSON or text. */
  void printJson(JsonNode document) {
    console.out().println(Json.line(document));
    console.out().flush();
  }

  /** A remark for people: on stderr, and not when they asked for quiet. */
  void remark(String format, Object... arguments) {
    if (!global.quiet) {
      console.err().println(TerminalText.escape(String.format(format, arguments)));
    }
  }

  /** Where the password comes from. */
  Passwords passwords() {
    return new Passwords(global, settings, console);
  }
}
