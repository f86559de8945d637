package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** {@code cloudstic completion SHELL}: a script that completes commands and flags. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic completion bash > ~/.local/share/bash-completion/completions/cloudstic",
      "cloudstic completion zsh  > ~/.zfunc/_cloudstic",
      "cloudstic completion fish > ~/.config/fish/completions/cloudstic.fish"
    })
final class CompletionCommand extends Command {
  @Parameters(arity = "1", paramLabel = "bash|zsh|fish")
  String shell;

  @Override
  ExitCode run(CommandContext context) {
    context.refuseJson("completion", "a script");
    PrintWriter out = context.console().out();
    switch (shell) {
      case "bash" -> bash(out);
      case "zsh" -> {
        out.println("#compdef cloudstic");
        out.println("autoload -U +X bashcompinit && bashcompinit");
        bash(out);
      }
      case "fish" -> fish(out);
      default -> throw new UsageException("unknown shell: " + shell, "one of: bash, zsh, fish");
    }
    out.flush();
    return ExitCode.DONE;
  }

  private static void bash(PrintWriter out) {
    out.println("_cloudstic() {");
    out.println("  local word=${COMP_WORDS[COMP_CWORD]} command= i");
    out.println("  for ((i = 1; i < COMP_CWORD; i++)); do");
    out.println("    case ${COMP_WORDS[i]} in -*) ;; *) command=${COMP_WORDS[i]}; break ;; esac");
    out.println("  done");
    out.println("  case $command in");
    out.println("    '') COMPREPLY=($(compgen -W \"" + names() + "\" -- \"$word\")) ;;");
    for (String name : Catalog.commands().keySet()) {
      String flags = flags(name).stream().map(OptionSpec::shortestName).collect(joined());
      out.println("    " + name + ")");
      out.println("      case $word in");
      out.println("        -*) COMPREPLY=($(compgen -W \"" + flags + "\" -- \"$word\")) ;;");
      out.println("        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;");
      out.println("      esac ;;");
    }
    out.println("  esac");
    out.println("}");
    out.println("complete -o filenames -F _cloudstic cloudstic");
  }

  private static void fish(PrintWriter out) {
    Catalog.commands()
        .forEach(
            (name, entry) ->
                out.printf(
                    "complete -c cloudstic -n __fish_use_subcommand -f -a %s -d '%s'%n",
                    name, quoted(entry.summary())));
    for (String name : Catalog.commands().keySet()) {
      for (OptionSpec flag : flags(name)) {
        out.printf(
            "complete -c cloudstic -n '__fish_seen_subcommand_from %s' -o %s%s -d '%s'%n",
            name,
            flag.shortestName().substring(1),
            flag.arity().max() == 0 ? "" : " -r",
            quoted(String.join(" ", flag.description())));
      }
    }
  }

  private static List<OptionSpec> flags(String name) {
    Command command = Catalog.commands().get(name).maker().get();
    return Help.commandLine(name, command).getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .sorted(java.util.Comparator.comparing(OptionSpec::shortestName))
        .toList();
  }

  private static String names() {
    return new TreeSet<>(Catalog.commands().keySet()).stream().collect(joined());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(" ");
  }

  private static String quoted(String text) {
    return Arrays.stream(text.split("'", -1)).collect(Collectors.joining("\\'"));
  }
}
