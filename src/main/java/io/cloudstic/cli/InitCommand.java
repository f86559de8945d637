package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.repository.Repository;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
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
      char[] password = context.passwords().toCreate();
      if (savePassword && !new String(password).equals(new String(password).strip())) {
        throw new UsageException(
            "a password that begins or ends with a blank cannot be saved in a file",
            "choose another, or leave -save-password out");
      }
      try (Repository repository =
          Repository.init(access.store(), password, RepositoryAccess.environment(context))) {
        if (savePassword) {
          save(context.passwords().savedFile(), password);
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

  private static void save(Path file, char[] password) {
    try {
      Files.createDirectories(file.getParent());
      Path temporary = Files.createTempFile(file.getParent(), "password", ".new");
      if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
      }
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
      Files.write(temporary, Arrays.copyOf(bytes.array(), bytes.limit()));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the repository was made, but the password could not be saved in " + file,
          "write it there yourself, readable for you alone",
          e);
    }
  }
}
