package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.tree.TerminalText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The three streams of the process. Results go to {@link #out}, everything else to {@link #err}.
 * Text that comes from a drive or a repository passes {@link io.cloudstic.restic.tree.TerminalText}
 * before it is printed.
 */
final class Console {
  private static final String CLEAR_LINE = "\r\033[K";

  private final ResultStream results;
  private final PrintWriter out;
  private final PrintWriter err;
  private final InputStream in;
  private final BufferedReader answers;
  private final Terminal terminal;
  private volatile boolean asking;
  private boolean drawn;
  private JsonArray array;

  /** A console over the given streams. */
  Console(OutputStream out, PrintStream err, InputStream in, Terminal terminal) {
    this.results = new ResultStream(out);
    this.out = new PrintWriter(results, true, StandardCharsets.UTF_8);
    this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
    this.in = in;
    this.answers = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
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
    return results;
  }

  /** What became of standard output. */
  ResultStream results() {
    return results;
  }

  /**
   * Ends a command whose results nobody gets any more.
   *
   * @throws ResultStream.LostException then
   */
  void checkResults() {
    if (results.isLost()) {
      throw results.failure();
    }
  }

  /** Begins a document on standard output that is one array, all in one line. */
  JsonArray jsonArray() {
    array = new JsonArray(out, ",");
    return array;
  }

  /** The same with a line for each element. */
  JsonArray jsonRows() {
    array = new JsonArray(out, ",\n");
    return array;
  }

  /** The array that is being written, or null. */
  JsonArray openArray() {
    return array != null && array.isOpen() ? array : null;
  }

  InputStream in() {
    return in;
  }

  /** Whether somebody can be asked. */
  boolean canAsk() {
    return terminal.canAsk();
  }

  /** What of a terminal there is. */
  Terminal terminal() {
    return terminal;
  }

  /** Whether an answer is awaited just now: nothing may be drawn over the question. */
  boolean isAsking() {
    return asking;
  }

  /** Draws a line in place of the one before, which an empty text takes away. */
  synchronized void draw(String line) {
    if (!asking) {
      String text = TextWidth.cut(line, terminal.columns() - 1);
      err.print(CLEAR_LINE + text);
      err.flush();
      drawn = !text.isEmpty();
    }
  }

  /** A line for people, which takes the place of the drawn one. */
  synchronized void note(String line) {
    err.println((drawn ? CLEAR_LINE : "") + line);
    err.flush();
    drawn = false;
  }

  /** Asks on the terminal without echo; null when there is no answer. */
  char[] askSecret(String prompt) {
    return asked(
        prompt + ": ",
        () -> {
          java.io.Console own = System.console();
          return Terminal.isTerminal(own) ? own.readPassword() : readWithoutEcho();
        });
  }

  /** Asks a yes-or-no question on the terminal; no answer is no. */
  boolean confirm(String question) {
    String answer = asked(question + " [y/N] ", answers::readLine);
    return answer != null && Set.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  private <T> T asked(String prompt, Callable<T> answer) {
    synchronized (this) {
      asking = true;
      err.print((drawn ? CLEAR_LINE : "") + TerminalText.escape(prompt));
      err.flush();
      drawn = false;
    }
    try {
      return answer.call();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new CloudsticException(ExitCode.FAILED, "the answer cannot be read", null, e);
    } finally {
      asking = false;
    }
  }

  /** Where standard output is not the terminal, Java has no console, but {@code stty} has. */
  private char[] readWithoutEcho() throws IOException, InterruptedException {
    Thread restore = new Thread(() -> echo("echo"), "cloudstic-echo");
    Runtime.getRuntime().addShutdownHook(restore);
    echo("-echo");
    try {
      String line = answers.readLine();
      return line == null ? null : line.toCharArray();
    } finally {
      echo("echo");
      Runtime.getRuntime().removeShutdownHook(restore);
      err.println();
    }
  }

  private static void echo(String mode) {
    try {
      new ProcessBuilder("stty", mode).inheritIO().start().waitFor();
    } catch (IOException noStty) {
      // The answer is seen while it is typed, on the user's own screen.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
