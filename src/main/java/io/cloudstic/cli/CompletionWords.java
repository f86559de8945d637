package io.cloudstic.cli;

import io.cloudstic.restore.Overwrite;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What can stand where on a command line, taken from the commands themselves. */
final class CompletionWords {
  /** The values of flags that know only a few. */
  static final Map<String, List<String>> OF_FLAGS =
      Map.of(
          "source", List.of("onedrive", "onedrive-changes", "local:"),
          "store", List.of("local:", "s3:", "route:"),
          "overwrite", Arrays.stream(Overwrite.values()).map(Overwrite::word).toList(),
          "mode", List.of("raw-data", "restore-size"),
          "group-by", List.of("host", "paths", "tags"),
          "account", List.of("business", "personal"));

  private CompletionWords() {}

  /** The flags of a command, sorted. */
  static List<OptionSpec> flags(String command) {
    return spec(command).options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::shortestName))
        .toList();
  }

  /** The flag's name without its dash. */
  static String name(OptionSpec flag) {
    return Arguments.flagName(flag.shortestName());
  }

  /** The words that a command's first argument can be; empty when it is of the user's choosing. */
  static List<String> arguments(String command) {
    if (command.equals("help")) {
      return Catalog.names();
    }
    return spec(command).positionalParameters().stream()
        .findFirst()
        .map(parameter -> parameter.paramLabel())
        .filter(label -> label.contains("|"))
        .map(label -> List.of(label.split("\\|")))
        .orElse(List.of());
  }

  /** Whether a snapshot can stand as one of the command's arguments. */
  static boolean takesSnapshots(String command) {
    return spec(command).positionalParameters().stream()
        .anyMatch(parameter -> parameter.paramLabel().contains("SNAPSHOT"));
  }

  private static CommandSpec spec(String command) {
    Command made = Catalog.commands().get(command).maker().get();
    return Help.commandLine(command, made).getCommandSpec();
  }
}
