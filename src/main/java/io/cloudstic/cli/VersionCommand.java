package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;

/** {@code cloudstic version}. */
@picocli.CommandLine.Command(footer = {"cloudstic version", "cloudstic version -json"})
final class VersionCommand extends Command {
  /** The version of this build, from the jar's manifest. */
  static String version() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  ExitCode run(CommandContext context) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("version", version());
      document.put("java_version", System.getProperty("java.version"));
      document.put("os", System.getProperty("os.name"));
      document.put("arch", System.getProperty("os.arch"));
      context.printJson(document);
    } else {
      context
          .console()
          .out()
          .printf(
              "cloudstic %s, Java %s, %s %s%n",
              version(),
              System.getProperty("java.version"),
              System.getProperty("os.name"),
              System.getProperty("os.arch"));
      context.console().out().flush();
    }
    return ExitCode.DONE;
  }
}
