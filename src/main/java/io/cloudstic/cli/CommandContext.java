package io.cloudstic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import java.time.Duration;

/**
 * What a command works with.
 *
 * @param console the streams
 * @param global the global flags
 * @param settings environment and properties
 * @param stop the user's wish to stop
 * @param passwords where the repository's password comes from
 */
record CommandContext(
    Console console, GlobalOptions global, Settings settings, Stop stop, Passwords passwords) {
  private static final Duration A_YEAR = Duration.ofDays(365);

  static CommandContext of(Console console, GlobalOptions global, Settings settings, Stop stop) {
    Passwords passwords = new Passwords(global, settings, console);
    return new CommandContext(console, global, settings, stop, passwords);
  }

  /** The results, as JSON or text. */
  void printJson(JsonNode document) {
    console.out().println(Json.line(document));
    console.out().flush();
  }

  /** A remark for people: on stderr, and not when they asked for quiet. */
  void remark(String format, Object... arguments) {
    if (!global.quiet) {
      console.note(TerminalText.escape(String.format(format, arguments)));
    }
  }

  /** Waits for the user's wish to stop, which is how a service ends. */
  ExitCode untilStopped() {
    try {
      while (true) {
        stop.sleep(A_YEAR);
      }
    } catch (StoppedException e) {
      return e.exitCode();
    }
  }

  /** Refuses {@code -json} where the result is something else. */
  void refuseJson(String command, String result) {
    if (global.json) {
      throw new UsageException(
          "-json does not go with " + command + ", whose result is " + result, "leave it out");
    }
  }
}
