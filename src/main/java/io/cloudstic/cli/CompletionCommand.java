package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.io.PrintWriter;
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
      case "bash" -> new BashCompletion(out).print();
      case "zsh" -> {
        out.println("#compdef cloudstic");
        out.println("autoload -U +X bashcompinit && bashcompinit");
        new BashCompletion(out).print();
      }
      case "fish" -> new FishCompletion(out).print();
      default -> throw new UsageException("unknown shell: " + shell, "one of: bash, zsh, fish");
    }
    out.flush();
    return ExitCode.DONE;
  }
}
