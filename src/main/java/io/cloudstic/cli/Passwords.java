package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Where the repository's password comes from: flags, {@code CLOUDSTIC_PASSWORD…}, {@code
 * RESTIC_PASSWORD…}, the file {@code password} of the configuration directory, and at last a
 * question on the terminal.
 *
 * <p>From a file or a command a byte order mark and surrounding white space are taken away, as
 * restic does; a variable is used as it is.
 */
final class Passwords {
  /** The longest that a password command may take. */
  private static final int COMMAND_SECONDS = 60;

  private final GlobalOptions global;
  private final Settings settings;
  private final Console console;

  Passwords(GlobalOptions global, Settings settings, Console console) {
    this.global = global;
    this.settings = settings;
    this.console = console;
  }

  /** The password to open a repository with. */
  char[] toOpen() {
    return given().orElseGet(() -> ask("repository password"));
  }

  /** The password of a new repository, asked twice on a terminal. */
  char[] toCreate() {
    return given().orElseGet(this::askTwice);
  }

  /** The file in which {@code init -save-password} leaves the password for unattended jobs. */
  Path savedFile() {
    return settings.configDir(global.configDir).resolve("password");
  }

  private Optional<char[]> given() {
    if (global.password != null) {
      return Optional.of(notEmpty(global.password, "-password"));
    }
    if (global.passwordFile != null) {
      return Optional.of(fromFile(global.passwordFile, "-password-file"));
    }
    if (global.passwordCommand != null) {
      return Optional.of(fromCommand(global.passwordCommand, "-password-command"));
    }
    return fromEnvironment("CLOUDSTIC_")
        .or(() -> fromEnvironment("RESTIC_"))
        .or(
            () ->
                Files.isReadable(savedFile())
                    ? Optional.of(fromFile(savedFile(), "the saved password"))
                    : Optional.empty());
  }

  private Optional<char[]> fromEnvironment(String prefix) {
    String variable = prefix + "PASSWORD";
    return settings
        .variable(variable)
        .map(value -> notEmpty(value, variable))
        .or(
            () ->
                settings
                    .variable(variable + "_FILE")
                    .map(file -> fromFile(Path.of(file), variable + "_FILE")))
        .or(
            () ->
                settings
                    .variable(variable + "_COMMAND")
                    .map(command -> fromCommand(command, variable + "_COMMAND")));
  }

  private static char[] fromFile(Path file, String origin) {
    try {
      return notEmpty(decode(Files.readAllBytes(file)).strip(), origin);
    } catch (IOException e) {
      throw new UsageException(
          origin + ": cannot read the password file " + file, "check its path and mode", e);
    }
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
      byte[] output = process.getInputStream().readNBytes(64 * 1024);
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new UsageException(origin + ": the command took over a minute", null);
      }
      if (process.exitValue() != 0) {
        throw new UsageException(
            origin + ": the command ended with exit code " + process.exitValue(),
            "run it by hand: it must print the password");
      }
      return notEmpty(decode(output).strip(), origin);
    } catch (IOException e) {
      throw new UsageException(origin + ": the command cannot be run", null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsageException(origin + ": interrupted", null, e);
    }
  }

  private char[] askTwice() {
    char[] first = ask("password for the new repository");
    char[] second = ask("the same password again");
    if (!Arrays.equals(first, second)) {
      throw new UsageException("the two passwords differ", "run the command again");
    }
    return first;
  }

  private char[] ask(String prompt) {
    if (!console.isTerminal() || global.noPrompt) {
      throw new UsageException(
          "no password for the repository",
          "set CLOUDSTIC_PASSWORD, or give -password-file or -password-command");
    }
    char[] answer = console.askSecret(prompt);
    if (answer == null || answer.length == 0) {
      throw new UsageException("an empty password is not accepted", null);
    }
    return answer;
  }

  private static char[] notEmpty(String password, String origin) {
    if (password.isEmpty()) {
      throw new UsageException(origin + ": the password is empty", "give one that is not");
    }
    return password.toCharArray();
  }

  /** Text of a file that may begin with a UTF-8 or UTF-16 byte order mark. */
  private static String decode(byte[] bytes) {
    Charset charset = StandardCharsets.UTF_8;
    int skip = 0;
    if (startsWith(bytes, 0xef, 0xbb, 0xbf)) {
      skip = 3;
    } else if (startsWith(bytes, 0xfe, 0xff)) {
      charset = StandardCharsets.UTF_16BE;
      skip = 2;
    } else if (startsWith(bytes, 0xff, 0xfe)) {
      charset = StandardCharsets.UTF_16LE;
      skip = 2;
    }
    return charset.decode(ByteBuffer.wrap(bytes, skip, bytes.length - skip)).toString();
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
