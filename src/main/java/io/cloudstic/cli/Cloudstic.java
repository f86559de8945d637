package io.cloudstic.cli;

import io.cloudstic.restic.write.WarmUp;
import io.cloudstic.run.Stop;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/** The program's entry point. */
public final class Cloudstic {
  private Cloudstic() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Stop stop = new Stop();
    if (Arguments.commandIndex(args) >= 0) {
      WarmUp.load();
    }
    Console console =
        new Console(
            new FileOutputStream(FileDescriptor.out), System.err, System.in, Terminal.ofProcess());
    Shutdown.install(stop, console::isAsking);
    int code = run(args, console, System.getenv(), stop);
    console.out().flush();
    console.err().flush();
    System.exit(code);
  }

  /**
   * Runs one command in this process.
   *
   * @return the exit code
   */
  static int run(String[] args, Console console, Map<String, String> environment, Stop stop) {
    return new CommandRunner(console, environment, stop).run(args);
  }

  /** For tests and the demo: a command with its own streams and no terminal. */
  static int run(
      String[] args,
      PrintStream out,
      PrintStream err,
      InputStream in,
      Map<String, String> environment,
      Stop stop) {
    return run(args, new Console(out, err, in, Terminal.NONE), environment, stop);
  }
}
