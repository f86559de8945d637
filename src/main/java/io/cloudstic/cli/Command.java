package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all commands have: the global flags, and a context to run in. */
abstract class Command {
  @Mixin GlobalOptions global = new GlobalOptions();

  @Option(names = "-help", description = "show this help")
  boolean help;

  /**
   * Does the work.
   *
   * @return how it ended; a failure is thrown
   */
  abstract ExitCode run(CommandContext context) throws Exception;
}
