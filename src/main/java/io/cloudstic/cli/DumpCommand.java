package io.cloudstic.cli;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.Dump;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import picocli.CommandLine.Parameters;

/** {@code cloudstic dump}: one file of a snapshot on standard output. */
@picocli.CommandLine.Command(
    footer = {"cloudstic dump latest /Documents/letter.docx > letter.docx"})
final class DumpCommand extends Command {
  @Parameters(index = "0", paramLabel = "SNAPSHOT")
  String snapshot;

  @Parameters(index = "1", paramLabel = "PATH")
  String path;

  @Override
  ExitCode run(CommandContext context) throws IOException {
    context.refuseJson("dump", "the file itself");
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Snapshot found = SnapshotSpec.parse(snapshot).find(access.repository(), SnapshotFilter.ALL);
      OutputStream out = new BufferedOutputStream(context.console().binaryOut(), 1 << 16);
      new Dump(access.repository()).write(found.tree(), NodePath.parse(path), out);
      out.flush();
    }
    return ExitCode.DONE;
  }
}
