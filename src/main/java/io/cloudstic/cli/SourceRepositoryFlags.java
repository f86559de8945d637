package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The flags that name the repository that {@code copy} reads from; as with restic the global ones
 * name the destination.
 */
final class SourceRepositoryFlags {
  @Option(
      names = "-from-store",
      paramLabel = "URI",
      description = "the repository to copy from (or CLOUDSTIC_FROM_STORE)")
  String store;

  @Option(
      names = "-from-password",
      paramLabel = "PASSWORD",
      description = {
        "the password of the repository to copy from (visible to other users: prefer a file)"
      })
  String password;

  @Option(
      names = "-from-password-file",
      paramLabel = "FILE",
      description = {
        "read the password of the repository to copy from from this file",
        "(or CLOUDSTIC_FROM_PASSWORD_FILE)"
      })
  Path passwordFile;

  @Option(
      names = "-from-password-command",
      paramLabel = "COMMAND",
      description = "run this command and take its output as that password")
  String passwordCommand;

  StoreUri uri(Settings settings) {
    if (store != null) {
      return StoreUri.parse(store);
    }
    return StoreUri.parse(
        settings
            .variable("CLOUDSTIC_FROM_STORE")
            .or(() -> settings.variable("RESTIC_FROM_REPOSITORY"))
            .orElseThrow(
                () ->
                    new UsageException(
                        "copy needs the repository to copy from",
                        "name it with -from-store; -store names the one to copy to")));
  }
}
