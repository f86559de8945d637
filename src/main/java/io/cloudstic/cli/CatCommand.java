package io.cloudstic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code cloudstic cat}: an object of the repository, decrypted and verified. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic cat config",
      "cloudstic cat snapshot latest",
      "cloudstic cat tree latest",
      "cloudstic cat blob ID > chunk"
    })
final class CatCommand extends Command {
  private static final List<String> KINDS =
      List.of("config", "snapshot", "tree", "blob", "index", "pack", "key", "lock");

  @Parameters(
      index = "0",
      paramLabel = "config|snapshot|tree|blob|index|pack|key|lock",
      description = "what to print")
  String kind;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "[ID]",
      description = "the beginning of its id; for snapshot and tree also latest; none for config")
  String name;

  @Override
  ExitCode run(CommandContext context) throws IOException {
    if (!KINDS.contains(kind)) {
      throw new UsageException(
          "cat " + kind + " is unknown", "one of: " + String.join(", ", KINDS));
    }
    if (!kind.equals("config") && name == null) {
      throw new UsageException("cat " + kind + " needs an id", "cloudstic cat " + kind + " ID");
    }
    if (kind.equals("blob") || kind.equals("pack")) {
      context.refuseJson("cat " + kind, "its bytes");
    }
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      switch (kind) {
        case "config" -> printJson(context, repository.config().json());
        case "snapshot" ->
            printJson(
                context, Snapshots.json(snapshots(repository).find(name, SnapshotFilter.ALL)));
        case "index" -> printJson(context, load(repository, FileKind.INDEX));
        case "lock" -> printJson(context, load(repository, FileKind.LOCK));
        case "key" -> printJson(context, raw(repository, FileKind.KEY));
        case "tree" -> printJson(context, repository.loadBlob(BlobType.TREE, tree(repository)));
        case "blob" -> printBytes(context, blob(repository));
        case "pack" -> printBytes(context, raw(repository, FileKind.PACK));
        default -> throw new IllegalStateException("cat " + kind);
      }
    }
    return ExitCode.DONE;
  }

  private static Snapshots snapshots(Repository repository) {
    return new Snapshots(repository.files());
  }

  private byte[] load(Repository repository, FileKind file) {
    return repository.loadFile(file, ObjectNames.find(repository, file, name));
  }

  /** The bytes of a file as they are stored, checked against its name. */
  private byte[] raw(Repository repository, FileKind file) {
    Id id = ObjectNames.find(repository, file, name);
    byte[] stored = repository.store().get(file.key(id));
    if (!Id.hash(stored).equals(id)) {
      throw io.cloudstic.restic.RepositoryException.damaged(
          file.key(id) + " does not have the content that its name says", null);
    }
    return stored;
  }

  /** A tree blob by its id, else the root of the named snapshot. */
  private Id tree(Repository repository) {
    if (Id.isHex(name) && repository.index().contains(BlobType.TREE, Id.parse(name))) {
      return Id.parse(name);
    }
    return snapshots(repository).find(name, SnapshotFilter.ALL).tree();
  }

  private byte[] blob(Repository repository) {
    if (!Id.isHex(name)) {
      throw new UsageException(name + " is not the id of a blob", "64 hex digits are needed");
    }
    Id id = Id.parse(name);
    for (BlobType type : List.of(BlobType.DATA, BlobType.TREE)) {
      if (repository.index().contains(type, id)) {
        return repository.loadBlob(type, id);
      }
    }
    throw new CloudsticException(ExitCode.FAILED, "the repository has no blob " + name, null, null);
  }

  private void printJson(CommandContext context, byte[] json) throws IOException {
    JsonNode document = Json.parse(json);
    context.console().out().println(global.json ? Json.line(document) : Json.pretty(document));
    context.console().out().flush();
  }

  private static void printBytes(CommandContext context, byte[] bytes) throws IOException {
    OutputStream out = context.console().binaryOut();
    out.write(bytes);
    out.flush();
  }
}
