package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the demo plays: directories and variables of its own, so that nothing of the user's is
 * touched, and commands that are shown before they run.
 */
final class DemoStage {
  private static final String PASSWORD = "demo";

  private final CommandContext context;
  private final Path where;
  private final Map<String, String> environment;

  private DemoStage(CommandContext context, Path where, Map<String, String> environment) {
    this.context = context;
    this.where = where;
    this.environment = environment;
  }

  static DemoStage set(CommandContext context, Simulator simulator, Path where) throws IOException {
    Path config = Files.createDirectories(where.resolve("config"));
    Path token = config.resolve("onedrive_token.json");
    Files.writeString(token, simulator.tokenFile());
    if (token.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    }
    Map<String, String> environment = new HashMap<>();
    context.settings().variable("PATH").ifPresent(path -> environment.put("PATH", path));
    context
        .settings()
        .variable("CLOUDSTIC_ROUTES_DIR")
        .ifPresent(routes -> environment.put("CLOUDSTIC_ROUTES_DIR", routes));
    environment.put("CLOUDSTIC_GRAPH_URL", simulator.graphUrl());
    environment.put("CLOUDSTIC_AUTHORITY_URL", simulator.authorityUrl());
    environment.put("ONEDRIVE_CLIENT_ID", simulator.clientId());
    environment.put("CLOUDSTIC_STORE", "local:" + where.resolve("repository"));
    environment.put("CLOUDSTIC_PASSWORD", PASSWORD);
    environment.put("CLOUDSTIC_CONFIG_DIR", config.toString());
    environment.put("CLOUDSTIC_CACHE_DIR", where.resolve("cache").toString());
    return new DemoStage(context, where, environment);
  }

  void say(String line) {
    context.console().out().println(line);
    context.console().out().flush();
  }

  /** Shows the command and runs it; the demo ends when it fails. */
  void cloudstic(String... arguments) {
    say("");
    say(
        "$ cloudstic "
            + Arrays.stream(arguments).map(ShellWord::of).collect(Collectors.joining(" ")));
    int code = Cloudstic.run(arguments, context.console(), environment, context.stop());
    if (code == ExitCode.STOPPED.code()) {
      throw new io.cloudstic.failure.StoppedException();
    }
    if (code != ExitCode.DONE.code()) {
      throw new CloudsticException(
          ExitCode.FAILED, "the demo's command ended with exit code " + code, null, null);
    }
    say("");
  }

  /** The variables with which the repository of the demo can be looked into later. */
  List<String> exports() {
    return List.of(
        "export CLOUDSTIC_STORE=" + ShellWord.of("local:" + where.resolve("repository")),
        "export CLOUDSTIC_PASSWORD=" + PASSWORD + " RESTIC_PASSWORD=" + PASSWORD);
  }
}
