package io.cloudstic.restore;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Removes what stands in the target and not in the snapshot, as far as the selection would restore
 * it if it were there. Links are removed, never followed. Not thread-safe.
 */
final class Extras {
  private final RestoreRequest request;
  private final Target target;
  private final Parts parts;
  private final RestoreReport report;
  private final Stop stop;

  Extras(RestoreRequest request, Target target, Parts parts, RestoreReport report, Stop stop) {
    this.request = request;
    this.target = target;
    this.parts = parts;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Refuses a target that nobody means to have emptied.
   *
   * @param root the target as a real path
   */
  static void refuseDangerous(Path root) {
    if (root.getParent() == null) {
      throw new UsageException(
          "-delete does not work on " + root + ", where it would remove the whole system",
          "name a directory of its own with -output");
    }
  }

  /**
   * Removes what a directory should not hold.
   *
   * @param directory is known to be a real directory in the target
   * @param path where it is in the snapshot
   * @param kept the keys of the names that belong there
   */
  void removeFrom(Path directory, NodePath path, Set<Object> kept, LocalNames names)
      throws IOException {
    if (!Target.isDirectory(directory)) {
      return; // in a dry run it need not be there
    }
    if (!request.dryRun()) {
      target.makeWritable(directory);
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        stop.check();
        NodeName name = NativeNames.of(entry);
        if (!kept.contains(names.key(name)) && isMeant(path.child(name), entry)) {
          remove(entry, path.child(name));
        }
      }
    }
  }

  private boolean isMeant(NodePath path, Path entry) throws IOException {
    return Parts.isPart(entry)
        ? parts.mayRemove(entry)
        : request.selection().choose(path, Target.isDirectory(entry)) == Selection.Choice.TAKE;
  }

  /** Makes way for an entry that is no directory, where a directory stands. */
  void clear(Path place, NodePath path) {
    boolean replaces =
        request.overwrite() == Overwrite.ALWAYS || request.overwrite() == Overwrite.IF_CHANGED;
    if (replaces && Target.isDirectory(place)) {
      remove(place, path);
    }
  }

  /** Removes a file, or a directory with all that is below it. */
  private void remove(Path place, NodePath path) {
    try {
      Files.walkFileTree(place, new Removal(place, path));
    } catch (IOException e) {
      report.problem(path, new IOException("cannot be removed: " + RestoreReport.reason(e), e));
    }
  }

  /** Goes through what is removed; knows where it is by the names it came through. */
  private final class Removal extends SimpleFileVisitor<Path> {
    private final Path top;
    private NodePath parent;

    Removal(Path top, NodePath path) {
      this.top = top;
      this.parent = path.parent();
    }

    private NodePath path(Path file) {
      return parent.child(NativeNames.of(file));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      stop.check();
      if (!request.dryRun()) {
        target.makeWritable(directory);
      }
      parent = path(directory);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (Parts.isPart(file) && !parts.mayRemove(file)) {
        return FileVisitResult.CONTINUE; // its directory is not empty then, and told of
      }
      if (!request.dryRun()) {
        Files.delete(file);
      }
      if (!(file.equals(top) && Parts.isPart(file))) {
        report.deleted(path(file), attributes.isRegularFile() ? attributes.size() : 0);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      if (!request.dryRun()) {
        Files.delete(directory);
      }
      report.deleted(parent, 0);
      parent = parent.parent();
      return FileVisitResult.CONTINUE;
    }
  }
}
