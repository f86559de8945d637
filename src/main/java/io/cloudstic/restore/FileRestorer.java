package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.pack.PlainBlob;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Restores the content and metadata of single files. Thread-safe. */
final class FileRestorer {
  private final ContentReader content;
  private final ContentComparison comparison;
  private final Metadata metadata;
  private final Parts parts;
  private final RestoreRequest request;
  private final RestoreReport report;
  private final Stop stop;

  FileRestorer(
      ContentReader content,
      Metadata metadata,
      Parts parts,
      RestoreRequest request,
      RestoreReport report,
      Stop stop) {
    this.content = content;
    this.comparison = new ContentComparison(content);
    this.metadata = metadata;
    this.parts = parts;
    this.request = request;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Restores a file into a directory that is known to be real, apart from others. Problems of this
   * file are reported; what is thrown ends the run.
   *
   * @throws io.cloudstic.store.StoreException when the store fails
   * @throws TargetFullException when there is no room
   */
  void restore(Path place, NodePath path, Node node) {
    stop.check();
    PendingFile file = begin(place, path, node, false);
    if (file != null) {
      file.reset();
      restoreInOrder(file);
    }
  }

  /**
   * Finds out what there is to do for a file.
   *
   * @param vacant whether it is known that nothing stands in its place
   * @return the file, if its content is wanted; null when it is done or failed, and reported
   */
  PendingFile begin(Path place, NodePath path, Node node, boolean vacant) {
    try {
      if (node.content() == null) {
        throw RepositoryException.damaged("the file names no content", null);
      }
      Optional<BasicFileAttributes> found = vacant ? Optional.empty() : Target.look(place);
      Action action = found.isEmpty() ? Action.RESTORED : judge(found.get(), place, node);
      boolean write = action == Action.RESTORED || action == Action.UPDATED;
      if (write && !request.dryRun()) {
        PendingFile file =
            new PendingFile(path, node, place, parts.of(place), action == Action.UPDATED);
        if (!vacant && node.content().size() > 1) {
          adopt(file);
        }
        return file;
      }
      report.done(path, node, action);
    } catch (RepositoryException e) {
      report.problem(path, e);
    } catch (IOException e) {
      TargetFullException.throwIfFull(place.getParent(), e);
      report.problem(path, e);
    }
    return null;
  }

  /** What is to be done about what stands in the place of a file. */
  private Action judge(BasicFileAttributes existing, Path place, Node node) throws IOException {
    boolean cleared = request.dryRun() && request.delete();
    if (existing.isDirectory() && !cleared) {
      throw new FileAlreadyExistsException(place.toString(), null, "a directory is in its place");
    }
    if (request.overwrite().keeps(existing, node)) {
      return Action.KEPT;
    }
    if (existing.isRegularFile() && isRight(place, existing, node)) {
      noteVerified();
      if (!request.dryRun()) {
        metadata.apply(place, node);
      }
      return Action.UNCHANGED;
    }
    return Action.UPDATED;
  }

  /** A run that was killed may have left a part of which not all must be fetched again. */
  private void adopt(PendingFile file) throws IOException {
    Optional<BasicFileAttributes> part = Target.look(file.part());
    List<Id> blobs = file.node().content();
    if (part.isEmpty()
        || !part.get().isRegularFile()
        || part.get().size() > comparison.length(blobs)) {
      return;
    }
    try (InputStream in = Files.newInputStream(file.part(), LinkOption.NOFOLLOW_LINKS)) {
      file.adopt(comparison.present(in, blobs, stop), part.get().size());
    } catch (AccessDeniedException e) {
      // It is made anew.
    }
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

  /** Gives a part that is whole its metadata and its name. */
  void complete(PendingFile file) {
    try {
      if (request.verify() && !isEqual(file.part(), file.node())) {
        throw new IOException("what was written reads back as something else");
      }
      noteVerified();
      metadata.apply(file.part(), file.node());
      Target.finish(file.part(), file.place());
    } catch (IOException e) {
      failed(file, e);
      return;
    }
    report.done(file.path(), file.node(), file.replaces() ? Action.UPDATED : Action.RESTORED);
  }

  /** Completes a file of which nothing has to be fetched. */
  void completeEmpty(PendingFile file) {
    try (FileChannel out = file.open()) {
      SparseWriter.end(out, file.length());
    } catch (IOException e) {
      failed(file, e);
      return;
    }
    complete(file);
  }

  /** The target has failed a file. */
  void failed(PendingFile file, IOException e) {
    boolean first = file.fail();
    TargetFullException.throwIfFull(file.place().getParent(), e);
    if (first) {
      report.problem(file.path(), e);
    }
  }

  /** The repository has failed a file. */
  void failed(PendingFile file, RepositoryException e) {
    if (file.fail()) {
      report.problem(file.path(), e);
    }
  }

  /**
   * Restores the content of a file from its beginning to its end, whatever the index says of its
   * blobs.
   */
  void restoreInOrder(PendingFile file) {
    try (FileChannel out = file.open()) {
      long[] length = {0};
      content.read(
          file.node().content(),
          plain -> {
            stop.check();
            SparseWriter.write(out, PlainBlob.of(plain), length[0], 0);
            length[0] += plain.length;
          });
      SparseWriter.end(out, length[0]);
    } catch (RepositoryException e) {
      failed(file, e);
      return;
    } catch (IOException e) {
      failed(file, e);
      return;
    } catch (RuntimeException e) {
      file.fail();
      throw e;
    }
    complete(file);
  }

  private void noteVerified() {
    if (request.verify()) {
      report.verified();
    }
  }
}
