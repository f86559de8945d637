package io.cloudstic.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of a terminal the process has. Java itself can only tell whether standard input and output
 * are one together, so the launcher says it of each stream.
 *
 * @param canAsk whether a person can read a question and answer it
 * @param canDraw whether what goes to standard error can be redrawn in place
 * @param columns how wide it is
 */
record Terminal(boolean canAsk, boolean canDraw, int columns) {
  /** No terminal at all. */
  static final Terminal NONE = new Terminal(false, false, 80);

  /** The launcher's word: the numbers of the streams that are terminals, and the width. */
  private static final String STREAMS = "cloudstic.terminal";

  private static final String WIDTH = "cloudstic.columns";
  private static final int USUAL_WIDTH = 80;
  private static final int LEAST_WIDTH = 20;

  /** The terminal of this process. */
  static Terminal ofProcess() {
    String streams = System.getProperty(STREAMS);
    int columns = Math.max(LEAST_WIDTH, Integer.getInteger(WIDTH, USUAL_WIDTH));
    if (streams == null) {
      boolean both = isTerminal(System.console());
      return new Terminal(both, both, columns);
    }
    Set<String> terminals = new HashSet<>(List.of(streams.split(",")));
    boolean err = terminals.contains("2");
    return new Terminal(terminals.contains("0") && err, err, columns);
  }

  /** From Java 22 on a console is there without a terminal, too, and says so. */
  static boolean isTerminal(java.io.Console console) {
    if (console == null) {
      return false;
    }
    try {
      return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException before22) {
      return true;
    }
  }
}
