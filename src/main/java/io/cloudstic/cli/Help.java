package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The help texts: the overview, and each command with its flags and examples. */
final class Help {
  private static final int INDENT = 30;

  private Help() {}

  /** A parser for the command in which every flag may begin with one dash or two. */
  static CommandLine commandLine(String name, Command command) {
    CommandLine line = new CommandLine(command);
    CommandSpec spec = line.getCommandSpec().name("cloudstic " + name);
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (option.longestName().startsWith("--")) {
        continue;
      }
      String[] names =
          Arrays.stream(option.names())
              .flatMap(one -> java.util.stream.Stream.of(one, "-" + one))
              .toArray(String[]::new);
      spec.remove(option);
      spec.addOption(OptionSpec.builder(option).names(names).build());
    }
    line.setPosixClusteredShortOptionsAllowed(false);
    // Of a flag that is given twice the last counts, as in restic: scripts add to what others
    // wrote.
    line.setOverwrittenOptionsAllowed(true);
    line.setUnmatchedOptionsAllowedAsOptionParameters(false);
    return line;
  }

  static void overview(PrintWriter out) {
    out.println("Backs up Microsoft OneDrive into encrypted, deduplicated restic repositories.");
    out.println();
    out.println("Usage: cloudstic COMMAND [flags] [arguments]");
    out.println();
    for (Map.Entry<String, Catalog.Entry> command : Catalog.commands().entrySet()) {
      out.printf("  %-12s %s%n", command.getKey(), command.getValue().summary());
    }
    out.println();
    out.println(
        "Exit codes: 0 done; 1 failed; 2 wrong usage or configuration; 3 a snapshot was made,");
    out.println(
        "  but some files could not be read; 10 no repository; 11 locked; 12 wrong password;");
    out.println("  13 sign-in needed; 14 damaged repository; 130 stopped, the next run continues.");
    out.println();
    out.println("cloudstic COMMAND -help shows the flags of a command, with examples.");
    out.println("cloudstic demo shows a backup and a restore without an account.");
    out.flush();
  }

  /** The overview for programs. */
  static ObjectNode overviewJson() {
    ObjectNode document = Json.object();
    ArrayNode commands = document.putArray("commands");
    Catalog.commands()
        .forEach(
            (name, entry) ->
                commands.addObject().put("name", name).put("summary", entry.summary()));
    return document;
  }

  /** The help of one command, for people or as one JSON document. */
  static void of(String name, CommandLine line, PrintWriter out, boolean json) {
    if (json) {
      out.println(Json.line(json(name, line.getCommandSpec())));
      out.flush();
    } else {
      text(name, line.getCommandSpec(), out);
    }
  }

  private static ObjectNode json(String name, CommandSpec spec) {
    ObjectNode document = Json.object();
    document.put("name", name);
    document.put("summary", Catalog.find(name).summary());
    document.put("usage", usage(name, spec));
    ArrayNode arguments = document.putArray("arguments");
    for (PositionalParamSpec argument : described(spec)) {
      arguments
          .addObject()
          .put("name", argument.paramLabel())
          .put("description", String.join(" ", argument.description()));
    }
    ArrayNode flags = document.putArray("flags");
    for (OptionSpec option : sorted(spec)) {
      ObjectNode flag = flags.addObject();
      flag.put("name", option.shortestName().substring(1));
      if (option.arity().max() > 0) {
        flag.put("value", option.paramLabel());
      }
      flag.put("description", String.join(" ", option.description()));
      flag.put("global", isGlobal(option));
    }
    ArrayNode examples = document.putArray("examples");
    Arrays.stream(spec.usageMessage().footer()).forEach(examples::add);
    return document;
  }

  private static String usage(String name, CommandSpec spec) {
    return "cloudstic " + name + " [flags]" + positionals(spec);
  }

  private static List<OptionSpec> sorted(CommandSpec spec) {
    return spec.options().stream()
        .filter(option -> !option.hidden())
        .sorted(Comparator.comparing(OptionSpec::shortestName))
        .toList();
  }

  private static void text(String name, CommandSpec spec, PrintWriter out) {
    out.println("Usage: " + usage(name, spec));
    out.println();
    out.println(Catalog.find(name).summary());
    List<String> names = Catalog.namesOf(name);
    if (names.size() > 1) {
      out.println("also called: " + String.join(", ", names.subList(1, names.size())));
    }
    arguments(described(spec), out);
    Map<Boolean, List<OptionSpec>> byOrigin =
        sorted(spec).stream().collect(Collectors.partitioningBy(Help::isGlobal));
    options("Flags:", byOrigin.get(false), out);
    options("Global flags:", byOrigin.get(true), out);
    String[] examples = spec.usageMessage().footer();
    if (examples.length > 0) {
      out.println();
      out.println("Examples:");
      for (String example : examples) {
        out.println("  " + example);
      }
    }
    out.flush();
  }

  private static boolean isGlobal(OptionSpec option) {
    return option.userObject() instanceof java.lang.reflect.Field field
        && field.getDeclaringClass() == GlobalOptions.class;
  }

  private static String positionals(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .map(PositionalParamSpec::paramLabel)
        .map(label -> " " + label)
        .collect(Collectors.joining());
  }

  /** The arguments that need a word, each once. */
  private static List<PositionalParamSpec> described(CommandSpec spec) {
    return spec.positionalParameters().stream()
        .filter(argument -> !argument.hidden() && argument.description().length > 0)
        .toList();
  }

  private static void arguments(List<PositionalParamSpec> arguments, PrintWriter out) {
    if (arguments.isEmpty()) {
      return;
    }
    out.println();
    out.println("Arguments:");
    arguments.forEach(argument -> entry("  " + argument.paramLabel(), argument.description(), out));
  }

  private static void options(String title, List<OptionSpec> options, PrintWriter out) {
    if (options.isEmpty()) {
      return;
    }
    out.println();
    out.println(title);
    for (OptionSpec option : options) {
      String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
      entry("  " + option.shortestName() + label, option.description(), out);
    }
  }

  private static void entry(String name, String[] lines, PrintWriter out) {
    for (int i = 0; i < lines.length; i++) {
      String left = i == 0 ? name : "";
      if (left.length() >= INDENT) {
        out.println(left);
        left = "";
      }
      out.printf("%-" + INDENT + "s%s%n", left, lines[i]);
    }
  }
}
