package io.cloudstic.restic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program restic on one repository: the judge of what we write, the source of what we read. */
public final class ResticProgram {
  private static final long LIMIT_SECONDS = 120;

  private final Path repository;
  private final String password;
  private final Path scratch;

  /** restic on a local repository; {@code scratch} is an existing directory for its output. */
  public ResticProgram(Path repository, String password, Path scratch) {
    this.repository = repository;
    this.password = password;
    this.scratch = scratch;
  }

  /** What one run gave: exit code, standard output, and both outputs together for messages. */
  public record Result(int exit, byte[] out, String all) {}

  /** The second number of this machine's version, such as 14 of 0.14.0. */
  public int version() throws IOException, InterruptedException {
    String text = new String(succeed("version"), StandardCharsets.UTF_8);
    return Integer.parseInt(text.replaceAll("(?s)restic \\d+\\.(\\d+).*", "$1"));
  }

  /** Runs a command, whatever its exit code. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(scratch, "out", null);
    Path err = Files.createTempFile(scratch, "err", null);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(scratch.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    prepare(builder.environment());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
      byte[] bytes = Files.readAllBytes(out);
      String all = new String(bytes, StandardCharsets.UTF_8) + Files.readString(err);
      return new Result(process.exitValue(), bytes, all);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts a command that reads its standard input from us; the caller ends it. */
  public Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("restic", "--no-cache"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(scratch.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    prepare(builder.environment());
    return builder.start();
  }

  private void prepare(Map<String, String> environment) throws IOException {
    ignoreUser(environment);
    if (StandardCharsets.US_ASCII.newEncoder().canEncode(password)) {
      environment.put("RESTIC_PASSWORD", password);
    } else {
      // Java hands over other letters only where the locale has them.
      Path file = Files.createTempFile(scratch, "password", null);
      environment.put("RESTIC_PASSWORD_FILE", Files.writeString(file, password).toString());
    }
    environment.put("RESTIC_REPOSITORY", repository.toString());
  }

  /** Nothing that the user has set up for restic counts, and times are told in our time zone. */
  public static void ignoreUser(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("RESTIC_"));
    environment.put("TZ", ZoneId.systemDefault().getId());
  }

  /** Runs a command that must succeed; its standard output. */
  public byte[] succeed(String... arguments) throws IOException, InterruptedException {
    Result result = run(arguments);
    assertThat(result.exit()).as("%s: %s", String.join(" ", arguments), result.all()).isZero();
    return result.out();
  }

  /** Runs a command that must succeed; its standard output as JSON. */
  public JsonNode json(String... arguments) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(succeed(arguments));
  }
}
