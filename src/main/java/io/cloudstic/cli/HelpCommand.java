package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import picocli.CommandLine.Parameters;

/** {@code cloudstic help [COMMAND]}. */
@picocli.CommandLine.Command(footer = {"cloudstic help backup"})
final class HelpCommand extends Command {
  @Parameters(arity = "0..1", paramLabel = "[COMMAND]")
  String command;

  @Override
  ExitCode run(CommandContext context) {
    if (command == null) {
      Help.overview(context.console().out());
      return ExitCode.DONE;
    }
    String name = Catalog.canonical(command);
    Catalog.Entry entry = Catalog.commands().get(name);
    if (entry == null) {
      throw new UsageException("unknown command: " + command, "see: cloudstic help");
    }
    Help.of(name, Help.commandLine(name, entry.maker().get()), context.console().out());
    return ExitCode.DONE;
  }
}
