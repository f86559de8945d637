package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import picocli.CommandLine.Option;

/** {@code cloudstic unlock}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic unlock               removes the locks of processes that are gone",
      "cloudstic unlock -remove-all   removes every lock: only when nothing else runs"
    })
final class UnlockCommand extends Command {
  @Option(names = "-remove-all", description = "remove locks that are not stale, too")
  boolean removeAll;

  @Override
  ExitCode run(CommandContext context) {
    try (RepositoryAccess access = RepositoryAccess.withoutLock(context)) {
      int removed =
          removeAll
              ? access.repository().locks().removeAll()
              : access.repository().locks().removeStale();
      if (global.json) {
        ObjectNode document = Json.object();
        document.put("removed", removed);
        context.printJson(document);
      } else {
        context.console().out().printf("Removed %d lock%s%n", removed, removed == 1 ? "" : "s");
        context.console().out().flush();
      }
    }
    return ExitCode.DONE;
  }
}
