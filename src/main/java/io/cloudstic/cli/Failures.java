package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.tree.TerminalText;

/** Tells the user of a failure: what, why and what next, as text or as restic's JSON line. */
final class Failures {
  private final Console console;
  private final boolean json;

  Failures(Console console, String[] args) {
    this.console = console;
    this.json = Arguments.wantsJson(args);
  }

  int report(CloudsticException failure, boolean debug) {
    if (debug) {
      failure.printStackTrace(console.err());
    }
    String message = failure.getMessage();
    return tell(failure.exitCode(), message, failure.advice().orElse(null));
  }

  /** What was thrown while the run was being stopped is a consequence, whatever it says. */
  int stopped(Throwable consequence, boolean debug) {
    StoppedException stopped = new StoppedException();
    stopped.addSuppressed(consequence);
    return report(stopped, debug);
  }

  int outOfMemory() {
    return tell(
        ExitCode.FAILED,
        "there is not enough memory",
        "give the program more of it, for example: CLOUDSTIC_MEMORY=2g cloudstic ...");
  }

  /** A fault of the program itself. */
  int unexpected(Throwable fault, boolean debug) {
    if (debug) {
      fault.printStackTrace(console.err());
    }
    if (NativeLibraries.isReasonOf(fault)) {
      return tell(ExitCode.FAILED, NativeLibraries.message(fault), NativeLibraries.advice());
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
      JsonArray begun = console.openArray();
      if (begun == null) {
        console.out().println(Json.line(line));
      } else {
        begun.add(line);
        begun.end();
      }
      console.out().flush();
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
