package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.RepositoryEnvironment;
import io.cloudstic.restic.ResticProgram;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.store.LocalStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Somebody's machine: configuration, cache and a local repository in one directory, and the program
 * on it, run in this process as a command line would run it. Every run is searched for secrets.
 */
final class Workplace {
  static final String PASSWORD = "correct horse";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> secrets = new ArrayList<>(List.of(PASSWORD));
  private int restores;

  private Workplace(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(config());
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("CLOUDSTIC_STORE", "local:" + repository());
    environment.put("CLOUDSTIC_PASSWORD", PASSWORD);
    environment.put("CLOUDSTIC_CONFIG_DIR", config().toString());
    environment.put("CLOUDSTIC_CACHE_DIR", cache().toString());
    // What waits, waits briefly.
    Files.writeString(config().resolve("application.properties"), "cloudstic.store.retries=0\n");
  }

  /** A machine without a repository. */
  static Workplace empty(Path directory) throws IOException {
    return new Workplace(directory);
  }

  /** A machine with a repository whose password is cheap to check. */
  static Workplace in(Path directory) throws IOException {
    Workplace made = new Workplace(directory);
    RepositoryEnvironment process = RepositoryEnvironment.system(Clock.systemUTC(), duration -> {});
    Repository.init(
            new LocalStore(made.repository()), PASSWORD.toCharArray(), process, KdfCost.LOWEST)
        .close();
    return made;
  }

  /** Signed in to this simulator from now on. */
  Workplace on(Simulator simulator) throws IOException {
    environment.put("CLOUDSTIC_GRAPH_URL", simulator.graphUrl());
    environment.put("CLOUDSTIC_AUTHORITY_URL", simulator.authorityUrl());
    environment.put("ONEDRIVE_CLIENT_ID", simulator.clientId());
    Path token = config().resolve("onedrive_token.json");
    Files.deleteIfExists(token);
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, simulator.tokenFile());
    secrets.add(simulator.storageUrl());
    secrets.add(simulator.storageUrl().replaceFirst("^https?://", ""));
    return this;
  }

  /** With another environment variable. */
  Workplace with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Path directory() {
    return directory;
  }

  Path config() {
    return directory.resolve("config");
  }

  Path cache() {
    return directory.resolve("cache");
  }

  Path repository() {
    return directory.resolve("repository");
  }

  /**
   * How a command ended.
   *
   * @param exit its exit code
   * @param out standard output
   * @param err standard error
   */
  record Run(int exit, String out, String err) {
    /** The last line of standard output as JSON. */
    JsonNode json() {
      try {
        return JSON.readTree(out.lines().reduce((first, last) -> last).orElseThrow());
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + out, e);
      }
    }
  }

  /** Runs a command, whatever its exit code. */
  Run run(String... arguments) {
    return run(new Stop(), arguments);
  }

  /** Runs a command that can be stopped. */
  Run run(Stop stop, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    return run(stop, err, InputStream.nullInputStream(), Terminal.NONE, arguments);
  }

  /**
   * Runs a command at a terminal.
   *
   * @param typed what a person types there
   * @param seen told of each line of standard error, in the thread that writes it
   */
  Run atTerminal(String typed, Consumer<String> seen, String... arguments) {
    ByteArrayOutputStream err =
        new ByteArrayOutputStream() {
          private int told;

          @Override
          public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            String text = toString(StandardCharsets.UTF_8);
            for (int end; (end = text.indexOf('\n', told)) >= 0; told = end + 1) {
              seen.accept(text.substring(told, end));
            }
          }
        };
    InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    return run(new Stop(), err, in, new Terminal(true, false, 80), arguments);
  }

  /** Runs a command whose standard output goes there. */
  Run into(OutputStream out, String... arguments) {
    return into(out, new Stop(), arguments);
  }

  /** The same of a command that can be stopped. */
  Run into(OutputStream out, Stop stop, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InputStream.nullInputStream(),
            Terminal.NONE);
    int exit = Cloudstic.run(arguments, console, environment, stop);
    return new Run(exit, "", err.toString(StandardCharsets.UTF_8));
  }

  private Run run(
      Stop stop,
      ByteArrayOutputStream err,
      InputStream in,
      Terminal terminal,
      String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            in,
            terminal);
    int exit = Cloudstic.run(arguments, console, environment, stop);
    Run run =
        new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    assertNoSecret(String.join(" ", arguments) + ": output", run.out + run.err);
    return run;
  }

  /** Starts a command as a process of its own, to be killed. */
  Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Cloudstic.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("process.log").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs a command that must end so. */
  Run run(int exit, String... arguments) {
    Run run = run(arguments);
    assertThat(run.exit)
        .as("exit code of %s: %s%s", Arrays.toString(arguments), run.out, run.err)
        .isEqualTo(exit);
    return run;
  }

  /** A backup that must succeed; its summary. */
  JsonNode backup(String source, String... more) {
    return backup(0, source, more);
  }

  /** A backup that must end so; its summary. */
  JsonNode backup(int exit, String source, String... more) {
    List<String> arguments = new ArrayList<>(List.of("backup", "-json", "-source", source));
    arguments.addAll(List.of(more));
    return run(exit, arguments.toArray(String[]::new)).json();
  }

  /** Restores a snapshot by this program into a new directory. */
  Path restore(String snapshot) {
    Path target = directory.resolve("restored-" + restores++);
    run(0, "restore", snapshot, "-output", target.toString());
    return target;
  }

  /** Restores a snapshot by restic into a new directory. */
  Path resticRestore(String snapshot) throws Exception {
    Path target = directory.resolve("restored-" + restores++);
    restic().succeed("restore", snapshot, "--target", target.toString());
    return target;
  }

  /** Both programs must give this back from the newest snapshot. */
  void assertBothRestore(FileState expected) throws Exception {
    assertThat(expected.differences(FileState.of(restore("latest"))))
        .as("restored by cloudstic")
        .isEmpty();
    assertThat(expected.differences(FileState.of(resticRestore("latest"))))
        .as("restored by restic")
        .isEmpty();
  }

  /** restic finds nothing wrong with any byte. */
  void assertSound() throws Exception {
    restic().succeed("check", "--read-data");
  }

  /** Neither the cache nor any other file that is not encrypted holds a token or a download URL. */
  void assertNoSecretOnDisk() throws IOException {
    for (String token : List.of("access_token", "refresh_token")) {
      Path file = config().resolve("onedrive_token.json");
      secrets.add(JSON.readTree(file.toFile()).path(token).asText());
    }
    if (Files.exists(cache())) {
      for (Path file : files(cache())) {
        assertNoSecret(
            file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
  }

  private void assertNoSecret(String where, String text) {
    secrets.forEach(secret -> assertThat(text.contains(secret)).as(where).isFalse());
    assertThat(text.contains("tempauth")).as(where + " holds a download URL").isFalse();
  }

  ResticProgram restic() throws IOException {
    Path scratch = Files.createDirectories(directory.resolve("scratch"));
    return new ResticProgram(repository(), PASSWORD, scratch);
  }

  /**
   * Everything in the repository with its time and length: equal before and after means untouched.
   */
  Map<String, String> repositoryListing() throws IOException {
    Map<String, String> listing = new TreeMap<>();
    for (Path file : files(repository())) {
      listing.put(
          repository().relativize(file).toString(),
          Files.getLastModifiedTime(file) + " " + Files.size(file));
    }
    return listing;
  }

  /** The locks that lie in the repository. */
  List<Path> locks() throws IOException {
    return files(repository().resolve("locks"));
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
