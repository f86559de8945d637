package io.cloudstic.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The completion script for fish. */
final class FishCompletion {
  private final PrintWriter out;

  FishCompletion(PrintWriter out) {
    this.out = out;
  }

  void print() {
    Catalog.commands()
        .forEach(
            (name, entry) -> {
              for (String one : Catalog.namesOf(name)) {
                line("-n __fish_use_subcommand -f -a " + one, entry.summary());
              }
            });
    for (String name : Catalog.commands().keySet()) {
      String condition =
          "-n '__fish_seen_subcommand_from " + String.join(" ", Catalog.namesOf(name)) + "' ";
      List<String> words = CompletionWords.arguments(name);
      if (!words.isEmpty()) {
        line(condition + "-f -a '" + String.join(" ", words) + "'", "");
      }
      if (CompletionWords.takesSnapshots(name)) {
        line(condition + "-a '(cloudstic complete snapshots (commandline -c) 2>/dev/null)'", "");
      }
      for (OptionSpec flag : CompletionWords.flags(name)) {
        line(
            condition + "-o " + CompletionWords.name(flag) + value(flag),
            String.join(" ", flag.description()));
      }
    }
  }

  private static String value(OptionSpec flag) {
    if (CompletionWords.name(flag).equals("profile")) {
      return " -x -a '(cloudstic complete profiles (commandline -c) 2>/dev/null)'";
    }
    List<String> known = CompletionWords.OF_FLAGS.get(CompletionWords.name(flag));
    if (known != null) {
      return " -x -a '" + String.join(" ", known) + "'";
    }
    return flag.arity().min() == 0 ? "" : " -r";
  }

  private void line(String complete, String description) {
    String told = description.isEmpty() ? "" : " -d '" + description.replace("'", "\\'") + "'";
    out.println("complete -c cloudstic " + complete + told);
  }
}
