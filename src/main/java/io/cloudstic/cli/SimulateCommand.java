package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.simulator.Announcement;
import io.cloudstic.simulator.Mood;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code cloudstic simulate}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic simulate                    a generated drive of 200 files",
      "cloudstic simulate -files 90000       a large one",
      "cloudstic simulate -drive ~/Pictures  a directory, served as a OneDrive",
      "cloudstic simulate -mood gone         the stored link dies between two backups",
      "cloudstic simulate -mood list         all moods"
    })
final class SimulateCommand extends Command {
  private static final int DEFAULT_FILES = 200;

  @Option(
      names = "-drive",
      paramLabel = "DIR",
      description = "serve this directory; what changes in it changes in the drive")
  Path drive;

  @Option(names = "-files", paramLabel = "N", description = "serve this many generated files")
  Integer files;

  @Option(
      names = "-port",
      paramLabel = "P",
      description = "listen on this port and the two after it; 0 chooses free ones")
  int port;

  @Option(
      names = "-account",
      paramLabel = "TYPE",
      description = "personal or business (default: business)")
  String account = "business";

  @Option(names = "-seed", paramLabel = "N", description = "decides everything that looks random")
  long seed = 1;

  @Option(
      names = "-mood",
      paramLabel = "NAME",
      description = "behave badly in this way (repeatable); list names all moods")
  List<String> moods = new ArrayList<>();

  @Override
  ExitCode run(CommandContext context) throws Exception {
    if (moods.contains("list")) {
      list(context);
      return ExitCode.DONE;
    }
    if (drive != null && files != null) {
      throw new UsageException("-drive and -files exclude each other", "give one of them");
    }
    if (drive != null && !Files.isDirectory(drive)) {
      throw new UsageException("-drive " + drive + " is not a directory", null);
    }
    if (files != null && files < 0 || port < 0 || port > 65_533) {
      throw new UsageException("-files and -port cannot be negative, nor -port so high", null);
    }
    try (Simulator simulator = start(options())) {
      announce(context, simulator);
      return context.untilStopped();
    }
  }

  private SimulatorOptions options() {
    SimulatorOptions options =
        SimulatorOptions.lifelike().accountType(accountType()).seed(seed).port(port);
    options =
        drive != null
            ? options.directory(drive)
            : options.files(files == null ? DEFAULT_FILES : files);
    return options.moods(moods.stream().map(this::mood).toList());
  }

  private Mood mood(String word) {
    Mood mood =
        Mood.of(word)
            .orElseThrow(
                () ->
                    new UsageException(
                        "-mood " + word + ": there is no such mood",
                        "cloudstic simulate -mood list names them"));
    if (drive != null && mood.needsOwnDrive()) {
      throw new UsageException(
          "-mood " + word + " changes the drive, which -drive does not allow",
          "use -files with it");
    }
    return mood;
  }

  private static void list(CommandContext context) {
    if (context.global().json) {
      ArrayNode all = Json.object().putArray("moods");
      for (Mood mood : Mood.values()) {
        all.addObject().put("name", mood.word()).put("summary", mood.summary());
      }
      context.printJson(all);
      return;
    }
    for (Mood mood : Mood.values()) {
      context.console().out().printf("%-26s %s%n", mood.word(), mood.summary());
    }
    context.console().out().flush();
  }

  private AccountType accountType() {
    return switch (account) {
      case "personal" -> AccountType.PERSONAL;
      case "business" -> AccountType.BUSINESS;
      default -> throw new UsageException("-account " + account + ": personal or business", null);
    };
  }

  private static Simulator start(SimulatorOptions options) {
    try {
      return Simulator.start(options);
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the simulator cannot start: " + e.getMessage(),
          "another -port may help",
          e);
    }
  }

  private void announce(CommandContext context, Simulator simulator) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("CLOUDSTIC_GRAPH_URL", simulator.graphUrl());
      document.put("CLOUDSTIC_AUTHORITY_URL", simulator.authorityUrl());
      document.put("ONEDRIVE_CLIENT_ID", simulator.clientId());
      context.printJson(document);
    } else {
      context.console().out().print(new Announcement(simulator).text());
      context.console().out().flush();
      context.remark("Serving until Ctrl-C.");
    }
  }
}
