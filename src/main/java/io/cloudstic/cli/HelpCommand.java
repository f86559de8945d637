package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code cloudstic help [COMMAND]}. */
@picocli.CommandLine.Command(footer = {"cloudstic help backup"})
final class HelpCommand extends Command {
  @Parameters(arity = "0..1", paramLabel = "[COMMAND]")
  String command;

  @Override
  ExitCode run(CommandContext context) {
    if (command == null) {
      if (global.json) {
        context.printJson(Help.overviewJson());
      } else {
        Help.overview(context.console().out());
      }
      return ExitCode.DONE;
    }
    String name = Catalog.canonical(command);
    Catalog.Entry entry = Catalog.commands().get(name);
    if (entry == null) {
      throw Catalog.unknown(command);
    }
    CommandLine line = Help.commandLine(name, entry.maker().get());
    Help.of(name, line, context.console().out(), global.json);
    return ExitCode.DONE;
  }
}
