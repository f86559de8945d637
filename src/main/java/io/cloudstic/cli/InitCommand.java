package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.repository.Repository;
import picocli.CommandLine.Option;

/** {@code cloudstic init}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic init -store local:/srv/backup",
      "cloudstic init -store s3:my-bucket/onedrive -password-file ~/secret",
      "cloudstic init -save-password     unattended jobs then need no variable"
    })
final class InitCommand extends Command {
  @Option(
      names = "-save-password",
      description = "keep the password in CONFIG_DIR/password (mode 0600)")
  boolean savePassword;

  @Override
  ExitCode run(CommandContext context) {
    try (StoreAccess access = StoreAccess.open(context)) {
      if (RepositoryAccess.isThere(access.store())) {
        throw new CloudsticException(
            ExitCode.FAILED,
            "there is a repository already at " + access.name(),
            "use it as it is, or choose another place",
            null);
      }
      char[] password = context.passwords().toCreate();
      SavedPassword saved = context.passwords().saved();
      if (savePassword) {
        saved.checkCanHold(password);
      }
      try (Repository repository =
          Repository.init(access.store(), password, RepositoryAccess.environment(context))) {
        if (savePassword) {
          saved.write(password);
        }
        report(context, repository, access.name());
      }
    }
    return ExitCode.DONE;
  }

  private void report(CommandContext context, Repository repository, String name) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("message_type", "initialized");
      document.put("id", repository.config().id().hex());
      document.put("repository", name);
      context.printJson(document);
      return;
    }
    context
        .console()
        .out()
        .printf("Made repository %s at %s%n", repository.config().id().brief(), name);
    context.console().out().flush();
    context.remark("Without the password nobody can read what is stored in it, you included.");
  }
}
