package io.cloudstic.cli;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.FileFault;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.Dump;
import io.cloudstic.restore.RestoreListener;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZonedDateTime;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic dump}: a file of a snapshot, or a folder as an archive, on standard output. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic dump latest /Documents/letter.docx > letter.docx",
      "cloudstic dump latest /Documents | tar -x -C /tmp/back",
      "cloudstic dump 40dc1520 / -archive zip -target everything.zip"
    })
final class DumpCommand extends Command {
  private static final int BUFFER = 1 << 16;

  @Parameters(
      index = "0",
      paramLabel = "SNAPSHOT",
      description = "latest, the beginning of an id, or a time: the newest at or before it")
  String snapshot;

  @Parameters(
      index = "1",
      paramLabel = "PATH",
      description = "a file; or a folder, which becomes an archive")
  String path;

  @Option(
      names = "-archive",
      paramLabel = "FORM",
      description = "how a folder is written: tar (default), zip")
  String archive = "tar";

  @Option(
      names = "-target",
      paramLabel = "FILE",
      description = "write to this file instead, which appears when it is complete")
  Path target;

  @Mixin ChosenSnapshot chosen = new ChosenSnapshot();

  @Override
  ExitCode run(CommandContext context) throws IOException {
    context.refuseJson("dump", "the file itself");
    Dump.Form form = form();
    SnapshotSpec spec = ChosenSnapshot.parse(snapshot);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Snapshot found =
          chosen.find(access.repository(), spec, ZonedDateTime.now(Clock.systemDefaultZone()));
      RestoreListener listener = new LeftOutNotice(context);
      Dump dump = new Dump(access.repository(), listener, context.stop());
      NodePath wanted = NodePath.parse(path);
      Id root = root(dump, found, spec);
      if (target != null) {
        writeFile(dump, root, wanted, form);
      } else {
        OutputStream out = new BufferedOutputStream(context.console().binaryOut(), BUFFER);
        dump.write(root, wanted, form, out);
        out.flush();
      }
    }
    return ExitCode.DONE;
  }

  /** Where paths begin. */
  private static Id root(Dump dump, Snapshot found, SnapshotSpec spec) {
    Node node = dump.find(found.tree(), spec.path());
    if (node.subtree() == null) {
      throw new UsageException(
          spec.path() + " in the snapshot is not a directory",
          "name it as the path: cloudstic dump " + spec.name() + " " + spec.path());
    }
    return node.subtree();
  }

  private void writeFile(Dump dump, Id root, NodePath wanted, Dump.Form form) throws IOException {
    Path file = target.toAbsolutePath();
    if (Files.isDirectory(file)) {
      throw new UsageException(file + " is a directory", "name a file with -target");
    }
    try {
      writeAside(dump, root, wanted, form, file);
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "cannot write " + file + ": " + FileFault.reason(e),
          "look at its directory: whether it is there, its mode, the space",
          e);
    }
  }

  private static void writeAside(Dump dump, Id root, NodePath wanted, Dump.Form form, Path file)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), BUFFER)) {
        dump.write(root, wanted, form, out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Dump.Form form() {
    return switch (archive) {
      case "tar" -> Dump.Form.TAR;
      case "zip" -> Dump.Form.ZIP;
      default ->
          throw new UsageException("-archive " + archive + " is unknown", "one of: tar, zip");
    };
  }

  /** Tells of entries that an archive cannot hold. */
  private static final class LeftOutNotice implements RestoreListener {
    private final CommandContext context;

    LeftOutNotice(CommandContext context) {
      this.context = context;
    }

    @Override
    public void done(NodePath entry, Node node, Action action) {
      if (action == Action.LEFT_OUT) {
        context.remark(
            "left out, the archive cannot hold it: %s %s", node.typeWord(), entry.display());
      }
    }
  }
}
