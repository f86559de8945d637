package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.run.Stop;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** From arguments to a command, and from its outcome or failure to an exit code. */
final class CommandRunner {
  private final Console console;
  private final Map<String, String> environment;
  private final Stop stop;

  CommandRunner(Console console, Map<String, String> environment, Stop stop) {
    this.console = console;
    this.environment = environment;
    this.stop = stop;
  }

  int run(String[] args) {
    int at = Arguments.commandIndex(args);
    if (at < 0) {
      return withoutCommand(args);
    }
    String name = Catalog.canonical(args[at]);
    Catalog.Entry entry = Catalog.commands().get(name);
    if (entry == null) {
      return new Failures(console, args)
          .usage(
              "unknown command: " + args[at],
              Arguments.closest(args[at], Catalog.commands().keySet())
                  .map(near -> "did you mean: cloudstic " + near)
                  .orElse("see: cloudstic help"));
    }
    return runCommand(name, entry.maker().get(), Arguments.without(args, at));
  }

  private int withoutCommand(String[] args) {
    if (Arrays.stream(args).anyMatch(Arguments::asksForVersion)) {
      return runCommand("version", new VersionCommand(), new String[0]);
    }
    Help.overview(console.out());
    boolean askedFor = Arrays.stream(args).anyMatch(Arguments::asksForHelp);
    return askedFor ? ExitCode.DONE.code() : ExitCode.USAGE.code();
  }

  private int runCommand(String name, Command command, String[] args) {
    Failures failures = new Failures(console, args);
    CommandLine line = Help.commandLine(name, command);
    try {
      line.parseArgs(args);
      if (command.help) {
        Help.of(name, line, console.out());
        return ExitCode.DONE.code();
      }
      Logging.configure(command.global, command instanceof ServeCommand);
      CommandContext context =
          new CommandContext(
              console, command.global, Settings.load(environment, command.global.configDir), stop);
      return command.run(context).code();
    } catch (ParameterException e) {
      return failures.usage(e.getMessage(), "see: cloudstic " + name + " -help");
    } catch (CloudsticException e) {
      return failures.report(e, command.global.debug);
    } catch (Exception e) {
      return failures.unexpected(e, stop.isAsked(), command.global.debug);
    }
  }
}
