package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.run.Stop;
import java.io.IOException;
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
    int code = runNamed(args);
    console.out().flush();
    ResultStream results = console.results();
    boolean untold = results.isLost() && !results.isClosedByReader();
    return code == ExitCode.DONE.code() && untold
        ? new Failures(console, args).report(results.failure(), false)
        : code;
  }

  private int runNamed(String[] args) {
    int at = Arguments.commandIndex(args);
    if (at < 0) {
      return withoutCommand(args);
    }
    String name = Catalog.canonical(args[at]);
    Catalog.Entry entry = Catalog.find(name);
    if (entry == null) {
      return new Failures(console, args).report(Catalog.unknown(args[at]), false);
    }
    return runCommand(name, entry.maker().get(), Arguments.without(args, at));
  }

  /** Help and the version were asked for, or nothing: then the overview is what went wrong. */
  private int withoutCommand(String[] args) {
    if (Arrays.stream(args).anyMatch(Arguments::asksForHelp)) {
      return runCommand("help", new HelpCommand(), flagsOnly(args));
    }
    if (Arrays.stream(args).anyMatch(Arguments::asksForVersion)) {
      return runCommand("version", new VersionCommand(), flagsOnly(args));
    }
    if (Arguments.wantsJson(args)) {
      return new Failures(console, args)
          .report(new UsageException("no command is named", "see: cloudstic help"), false);
    }
    Help.overview(console.err());
    return ExitCode.USAGE.code();
  }

  private static String[] flagsOnly(String[] args) {
    return Arguments.wantsJson(args) ? new String[] {"-json"} : new String[0];
  }

  private int runCommand(String name, Command command, String[] args) {
    Failures failures = new Failures(console, args);
    CommandLine line = Help.commandLine(name, command);
    try {
      if (Arrays.stream(args).anyMatch(Arguments::asksForHelp)) {
        Help.of(name, line, console.out(), Arguments.wantsJson(args));
        return ExitCode.DONE.code();
      }
      parse(name, line, args);
      Logging.configure(command.global, command instanceof ServeCommand);
      Settings settings = Settings.load(environment, command.global.configDir);
      Command ready = command.global.profile == null ? command : profiled(name, line, settings);
      return ready.run(CommandContext.of(console, ready.global, settings, stop)).code();
    } catch (ResultStream.LostException e) {
      return lost(failures);
    } catch (CloudsticException e) {
      return stop.isAsked() && e.exitCode() != ExitCode.STOPPED
          ? failures.stopped(e, command.global.debug)
          : failures.report(e, command.global.debug);
    } catch (OutOfMemoryError e) {
      return failures.outOfMemory();
    } catch (Exception | LinkageError | StackOverflowError e) {
      if (e instanceof IOException && console.results().isLost()) {
        return lost(failures);
      }
      return stop.isAsked()
          ? failures.stopped(e, command.global.debug)
          : failures.unexpected(e, command.global.debug);
    }
  }

  /** Who has seen enough and closes the pipe ends the command, and nobody is told of it. */
  private int lost(Failures failures) {
    return console.results().isClosedByReader()
        ? ExitCode.DONE.code()
        : failures.report(console.results().failure(), false);
  }

  private static void parse(String name, CommandLine line, String[] args) {
    try {
      line.parseArgs(args);
    } catch (ParameterException e) {
      throw UsageMistake.of(name, e);
    }
  }

  /** The command once more, with the settings of its profile where flags are not given. */
  static Command profiled(String name, CommandLine parsed, Settings settings) {
    Command first = parsed.getCommand();
    Command ready = Catalog.commands().get(name).maker().get();
    String[] arguments =
        ProfiledArguments.of(
            name,
            first.global,
            settings,
            parsed.getParseResult(),
            parsed.getParseResult().originalArgs().toArray(String[]::new));
    parse(name, Help.commandLine(name, ready), arguments);
    return ready;
  }
}
