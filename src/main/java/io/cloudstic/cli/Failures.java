package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.tree.TerminalText;

/** Tells the user of a failure: what, why and what next, as text or as restic's JSON line. */
final class Failures {
  private final Console console;
  private final boolean json;

  Failures(Console console, String[] args) {
    this.console = console;
    this.json = Arguments.wantsJson(args);
  }

  int usage(String message, String advice) {
    return tell(ExitCode.USAGE, message, advice);
  }

  int report(CloudsticException failure, boolean debug) {
    if (debug) {
      failure.printStackTrace(console.err());
    }
    String message = failure.getMessage();
    return tell(failure.exitCode(), message, failure.advice().orElse(null));
  }

  /** A fault of the program itself, or an interruption that no one translated. */
  int unexpected(Exception fault, boolean stopped, boolean debug) {
    if (stopped) {
      return tell(ExitCode.STOPPED, "stopped", null);
    }
    if (debug) {
      fault.printStackTrace(console.err());
    }
    return tell(
        ExitCode.FAILED,
        "unexpected: " + fault,
        debug ? null : "run it again with -debug and report what it prints");
  }

  private int tell(ExitCode code, String message, String advice) {
    if (json) {
      ObjectNode line = Json.object();
      line.put("message_type", "exit_error");
      line.put("code", code.code());
      line.put("message", message);
      if (advice != null) {
        line.put("advice", advice);
      }
      console.out().println(Json.line(line));
    }
    String lead = "cloudstic: ";
    for (String line : String.valueOf(message).strip().lines().toList()) {
      console.err().println(lead + TerminalText.escape(line));
      lead = "  ";
    }
    if (advice != null) {
      advice.lines().forEach(text -> console.err().println("  " + TerminalText.escape(text)));
    }
    console.err().flush();
    console.out().flush();
    return code.code();
  }
}
