package io.cloudstic.restore;

import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.run.Stop;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.ZipFile;

/**
 * Restores into a ZIP file: entries in the order of the snapshot, names in UTF-8 that stay inside
 * whatever unpacks it, Unix modes, symbolic links as links. The file appears under its name when it
 * is complete. Hard links become files of their own; pipes, sockets and devices are left out, and
 * reported.
 */
final class ZipRestore {
  private static final int BUFFER = 1 << 16;

  private final RestoreRequest request;
  private final ContentReader content;
  private final RestoreReport report;
  private final Stop stop;

  ZipRestore(RestoreRequest request, ContentReader content, RestoreReport report, Stop stop) {
    this.request = request;
    this.content = content;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Writes the file.
   *
   * @throws IOException when it cannot be written, or is there and must stay
   */
  void run(Selected source) throws IOException {
    Path file = request.target().toAbsolutePath();
    if (request.overwrite() == Overwrite.NEVER && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString(), null, "the file is there already");
    }
    if (request.dryRun()) {
      source.walk(pass(null));
      return;
    }
    Files.createDirectories(file.getParent());
    Path directory = file.getParent().toRealPath();
    try (Parts parts = Parts.in(directory)) {
      parts.removeOld(directory.resolve(file.getFileName()));
      run(source, file, parts.of(directory.resolve(file.getFileName())));
    }
  }

  private void run(Selected source, Path file, Path part) throws IOException {
    try {
      write(source, part);
      if (request.verify()) {
        try (ZipFile zip = new ZipFile(part.toFile(), StandardCharsets.UTF_8)) {
          source.walk(new ZipVerifyPass(request, report, stop, zip, content));
        }
      }
      Target.finish(part, file);
    } catch (UncheckedIOException e) {
      TargetFullException.throwIfFull(file.getParent(), e.getCause());
      throw e.getCause();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private ArchivePass pass(Archive archive) {
    return new ArchivePass(
        request.selection(),
        LocalNames.zip(),
        report,
        stop,
        archive,
        NodePath.ROOT,
        /* strict= */ false);
  }

  private void write(Selected source, Path part) throws IOException {
    Files.deleteIfExists(part);
    Path spool = part.resolveSibling(part.getFileName() + "-file");
    try (FileChannel file =
            FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER)) {
      // Not closed when it fails: there is nothing to complete then.
      ZipArchive archive = new ZipArchive(out, content, spool);
      source.walk(pass(archive));
      archive.close();
      out.flush();
      file.force(true);
    } finally {
      Files.deleteIfExists(spool);
    }
  }
}
