package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.tree.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Where the repository's password comes from: flags, {@code CLOUDSTIC_PASSWORD…}, {@code
 * RESTIC_PASSWORD…}, the file or command that {@code application.properties} names, the file {@code
 * password} of the configuration directory, and at last a question on the terminal.
 *
 * <p>From a file or a command a byte order mark and surrounding white space are taken away, as
 * restic does; a variable is used as it is.
 */
final class Passwords {
  /** The longest that a password command may take. */
  private static final int COMMAND_SECONDS = 60;

  /** More than any password, less than what a pipe holds. */
  private static final int LONGEST_OUTPUT = 64 * 1024;

  private static final String NEW = "new password";
  private static final String SOURCE = "password of the repository to copy from";

  private final GlobalOptions global;
  private final Settings settings;
  private final Console console;
  private char[] answer;

  Passwords(GlobalOptions global, Settings settings, Console console) {
    this.global = global;
    this.settings = settings;
    this.console = console;
  }

  /** The password to open a repository with. */
  char[] toOpen() {
    return given().orElseGet(this::answerToOpen);
  }

  /** The password of the repository that {@code copy} reads from. */
  char[] toCopyFrom(SourceRepositoryFlags from) {
    if (from.password != null) {
      return PasswordFile.notEmpty(from.password, "-from-password");
    }
    if (from.passwordFile != null) {
      return PasswordFile.read(from.passwordFile, "-from-password-file");
    }
    if (from.passwordCommand != null) {
      return fromCommand(from.passwordCommand, "-from-password-command");
    }
    return fromEnvironment("CLOUDSTIC_FROM_")
        .or(() -> fromEnvironment("RESTIC_FROM_"))
        .orElseGet(() -> ask(SOURCE));
  }

  /** Asked once: a schedule has nobody to ask again. */
  private synchronized char[] answerToOpen() {
    if (answer == null) {
      answer = ask("repository password");
    }
    return answer.clone();
  }

  /** The password of a new repository, asked twice on a terminal. */
  char[] toCreate() {
    return given().orElseGet(() -> askTwice("password for the new repository"));
  }

  /**
   * The password of a new key: from that file, else asked twice on a terminal.
   *
   * @param file null when the flag is not given
   */
  char[] ofNewKey(Path file) {
    return file != null ? PasswordFile.read(file, "-new-password-file") : askTwice(NEW);
  }

  /** The file in which {@code init -save-password} leaves the password for unattended jobs. */
  SavedPassword saved() {
    return new SavedPassword(settings.configDir(global.configDir).resolve("password"));
  }

  private Optional<char[]> given() {
    if (global.password != null) {
      return Optional.of(PasswordFile.notEmpty(global.password, "-password"));
    }
    if (global.passwordFile != null) {
      return Optional.of(PasswordFile.read(global.passwordFile, "-password-file"));
    }
    if (global.passwordCommand != null) {
      return Optional.of(fromCommand(global.passwordCommand, "-password-command"));
    }
    return fromEnvironment("CLOUDSTIC_")
        .or(() -> fromEnvironment("RESTIC_"))
        .or(this::fromProperties)
        .or(this::fromSavedFile);
  }

  private Optional<char[]> fromProperties() {
    return settings
        .property("cloudstic.password-file")
        .map(file -> PasswordFile.read(Path.of(file), "cloudstic.password-file"))
        .or(
            () ->
                settings
                    .property("cloudstic.password-command")
                    .map(command -> fromCommand(command, "cloudstic.password-command")));
  }

  private Optional<char[]> fromSavedFile() {
    SavedPassword saved = saved();
    if (!saved.exists()) {
      return Optional.empty();
    }
    char[] password = PasswordFile.read(saved.file(), "the saved password");
    if (saved.isOpenToOthers()) {
      console.note(
          TerminalText.escape(
              "the password file "
                  + saved.file()
                  + " is open to others; run: chmod 600 "
                  + ShellWord.of(saved.file().toString())));
    }
    return Optional.of(password);
  }

  private Optional<char[]> fromEnvironment(String prefix) {
    String variable = prefix + "PASSWORD";
    return settings
        .variable(variable)
        .map(value -> PasswordFile.notEmpty(value, variable))
        .or(
            () ->
                settings
                    .variable(variable + "_FILE")
                    .map(file -> PasswordFile.read(Path.of(file), variable + "_FILE")))
        .or(
            () ->
                settings
                    .variable(variable + "_COMMAND")
                    .map(command -> fromCommand(command, variable + "_COMMAND")));
  }

  private char[] fromCommand(String command, String origin) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("/bin/sh", "-c", command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      // Read meanwhile: a command that never ends would never close its output either.
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(() -> firstBytes(process.getInputStream()));
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UsageException(origin + ": the command took over a minute", null);
      }
      if (process.exitValue() != 0) {
        throw new UsageException(
            origin + ": the command ended with exit code " + process.exitValue(),
            "run it by hand: it must print the password");
      }
      return PasswordFile.notEmpty(PasswordFile.decode(output.join()).strip(), origin);
    } catch (IOException | CompletionException e) {
      throw new UsageException(origin + ": the command cannot be run", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException(origin + ": interrupted", null, e);
    }
  }

  private static byte[] firstBytes(InputStream output) {
    try {
      return output.readNBytes(LONGEST_OUTPUT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private char[] askTwice(String prompt) {
    char[] first = ask(prompt);
    char[] second = ask("the same password again");
    if (!Arrays.equals(first, second)) {
      throw new UsageException("the two passwords differ", "run the command again");
    }
    return first;
  }

  private char[] ask(String prompt) {
    if (!console.canAsk() || global.noPrompt) {
      throw nobodyToAsk(prompt);
    }
    char[] answer = console.askSecret(prompt);
    if (answer == null || answer.length == 0) {
      throw new UsageException("an empty password is not accepted", null);
    }
    return answer;
  }

  private static UsageException nobodyToAsk(String prompt) {
    return switch (prompt) {
      case NEW ->
          new UsageException("no new password is given", "give it with: -new-password-file FILE");
      case SOURCE ->
          new UsageException(
              "no password for the repository to copy from",
              "give -from-password-file or -from-password-command, or set"
                  + " CLOUDSTIC_FROM_PASSWORD");
      default ->
          new UsageException(
              "no password for the repository",
              "set CLOUDSTIC_PASSWORD, or give -password-file or -password-command");
    };
  }
}
