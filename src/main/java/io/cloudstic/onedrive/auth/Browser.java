package io.cloudstic.onedrive.auth;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Opens the person's browser, when there is one; that it does not is no failure. */
final class Browser {
  private final UnaryOperator<String> environment;
  private final String system;
  private final Launcher launcher;

  /** Starts a program and does not wait for it. */
  @FunctionalInterface
  interface Launcher {
    /**
     * Starts it.
     *
     * @throws IOException when there is no such program
     */
    void start(List<String> command) throws IOException;

    /** By the operating system, with what the program prints thrown away. */
    static void byProcess(List<String> command) throws IOException {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    }
  }

  /**
   * The browser of this machine.
   *
   * @param environment variables by name; null for what is not set
   * @param system the operating system's name, as in the property {@code os.name}
   */
  Browser(UnaryOperator<String> environment, String system, Launcher launcher) {
    this.environment = environment;
    this.system = system.toLowerCase(Locale.ROOT);
    this.launcher = launcher;
  }

  /** Whether there may be one: a display, or what the person named. */
  boolean isThere() {
    return !commands("").isEmpty();
  }

  /** Opens the page; says whether something was started that should show it. */
  boolean open(URI page) {
    for (List<String> command : commands(page.toString())) {
      try {
        launcher.start(command);
        return true;
      } catch (IOException e) {
        // No such program: try the next. The person has the address on the screen in any case.
      }
    }
    return false;
  }

  /** The programs to try, best first. */
  private List<List<String>> commands(String page) {
    List<List<String>> commands = new ArrayList<>();
    // BROWSER is a list of programs, each with %s for the page or without.
    for (String program : variable("BROWSER").split(":")) {
      if (!program.isBlank()) {
        commands.add(withPage(program.trim(), page));
      }
    }
    if (system.startsWith("windows")) {
      commands.add(List.of("rundll32", "url.dll,FileProtocolHandler", page));
    } else if (system.startsWith("mac") && variable("SSH_CONNECTION").isEmpty()) {
      commands.add(List.of("open", page));
    } else if (!variable("DISPLAY").isEmpty() || !variable("WAYLAND_DISPLAY").isEmpty()) {
      commands.add(List.of("xdg-open", page));
    }
    return commands;
  }

  private static List<String> withPage(String program, String page) {
    List<String> command = new ArrayList<>(List.of(program.split("\\s+")));
    if (command.contains("%s")) {
      command.replaceAll(word -> word.equals("%s") ? page : word);
    } else {
      command.add(page);
    }
    return command;
  }

  private String variable(String name) {
    String value = environment.apply(name);
    return value == null ? "" : value;
  }
}
