package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Restores the content and metadata of single files. Thread-safe. */
final class FileRestorer {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  private final ContentReader content;
  private final ContentComparison comparison;
  private final Metadata metadata;
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Stop stop;

  FileRestorer(
      ContentReader content,
      Metadata metadata,
      RestoreRequest request,
      RestoreReport report,
      Stop stop) {
    this.content = content;
    this.comparison = new ContentComparison(content);
    this.metadata = metadata;
    this.request = request;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Restores a file into a directory that is known to be real. Problems of this file are reported;
   * what is thrown ends the run.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws TargetFullException when there is no room
   */
  void restore(Path file, NodePath path, Node node) {
    stop.check();
    try {
      if (node.content() == null) {
        throw RepositoryException.damaged("the file names no content", null);
      }
      report.done(path, node, bring(file, node));
    } catch (RepositoryException e) {
      report.problem(path, e);
    } catch (IOException e) {
      TargetFullException.throwIfFull(file.getParent(), e);
      report.problem(path, e);
    }
  }

  private Action bring(Path file, Node node) throws IOException {
    Optional<BasicFileAttributes> found = Target.look(file);
    if (found.isEmpty()) {
      write(file, node);
      return Action.RESTORED;
    }
    BasicFileAttributes existing = found.get();
    boolean cleared = request.dryRun() && request.delete();
    if (existing.isDirectory() && !cleared) {
      throw new FileAlreadyExistsException(file.toString(), null, "a directory is in its place");
    }
    if (request.overwrite().keeps(existing, node)) {
      return Action.KEPT;
    }
    if (existing.isRegularFile() && isRight(file, existing, node)) {
      noteVerified();
      if (!request.dryRun()) {
        metadata.apply(file, node);
      }
      return Action.UNCHANGED;
    }
    write(file, node);
    return Action.UPDATED;
  }

  private boolean isRight(Path file, BasicFileAttributes existing, Node node) throws IOException {
    if (existing.size() != comparison.length(node.content())) {
      return false;
    }
    Instant mtime = existing.lastModifiedTime().toInstant();
    boolean sameTime = mtime.equals(node.mtime().toInstant());
    boolean trusted = request.overwrite() == Overwrite.IF_CHANGED && sameTime && !request.verify();
    try {
      return trusted || isEqual(file, node);
    } catch (AccessDeniedException e) {
      return false; // it may be replaced all the same
    }
  }

  private boolean isEqual(Path file, Node node) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return comparison.isEqual(in, node.content());
    }
  }

  private void write(Path file, Node node) throws IOException {
    if (request.dryRun()) {
      return;
    }
    Path part = Target.part(file);
    try {
      writeContent(part, node.content());
      if (request.verify() && !isEqual(part, node)) {
        throw new IOException("what was written reads back as something else");
      }
      noteVerified();
      metadata.apply(part, node);
      Target.finish(part, file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  private void noteVerified() {
    if (request.verify()) {
      report.verified();
    }
  }

  /** Writes the blobs to a new file, in place of whatever has its name. */
  private void writeContent(Path part, List<Id> blobs) throws IOException {
    Files.deleteIfExists(part);
    try (FileChannel out = FileChannel.open(part, NEW)) {
      content.read(
          blobs,
          plain -> {
            stop.check();
            for (ByteBuffer rest = ByteBuffer.wrap(plain); rest.hasRemaining(); ) {
              out.write(rest);
            }
          });
    }
  }
}
