package io.cloudstic.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The three streams of the process. Results go to {@link #out}, everything else to {@link #err}.
 * Text that comes from a drive or a repository passes {@link io.cloudstic.restic.tree.TerminalText}
 * before it is printed.
 */
final class Console {
  private final PrintStream rawOut;
  private final PrintWriter out;
  private final PrintWriter err;
  private final InputStream in;
  private final boolean terminal;

  /**
   * A console over the given streams.
   *
   * @param terminal whether a person sits in front of it: only then are questions asked and
   *     progress drawn
   */
  Console(PrintStream out, PrintStream err, InputStream in, boolean terminal) {
    this.rawOut = out;
    this.out = new PrintWriter(out, true, StandardCharsets.UTF_8);
    this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
    this.in = in;
    this.terminal = terminal;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter err() {
    return err;
  }

  /** For bytes that are a result, such as a dumped file. */
  OutputStream binaryOut() {
    out.flush();
    return rawOut;
  }

  InputStream in() {
    return in;
  }

  boolean isTerminal() {
    return terminal;
  }

  /** Asks on the terminal without echo. */
  char[] askSecret(String prompt) {
    return System.console().readPassword("%s: ", prompt);
  }

  /** Asks a yes-or-no question on the terminal; no answer is no. */
  boolean confirm(String question) {
    err.printf("%s [y/N] ", question);
    err.flush();
    String answer = readLine();
    return answer != null && Arrays.asList("y", "yes").contains(answer.strip().toLowerCase());
  }

  /** One line of standard input, or null at its end. */
  String readLine() {
    try {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
