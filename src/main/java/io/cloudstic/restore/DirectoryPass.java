package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pass over a target on disk after the first one: it goes only into directories that are there,
 * as real ones, and says nothing about what the first pass has reported.
 */
abstract class DirectoryPass extends Pass {
  private final Path root;
  private final boolean imagined;

  /**
   * A pass.
   *
   * @param imagined whether directories need not be there, in a dry run
   */
  DirectoryPass(RestoreRequest request, Path root, LocalNames names, Stop stop) {
    super(request.selection(), names, stop);
    this.root = root;
    this.imagined = request.dryRun();
  }

  /** Turns a local name into a place in a directory that is known to be real. */
  static Path place(Level in, NodePath local) throws IOException {
    try {
      return NativeNames.resolve(in.directory, local.name());
    } catch (InvalidPathException e) {
      throw new IOException("this system cannot express the name: " + e.getReason(), e);
    }
  }

  @Override
  final void beginRoot(Level level) {
    level.directory = root;
  }

  @Override
  boolean begin(Level directory, Node node) {
    try {
      directory.directory = place(directory.parent, directory.local);
      return imagined || Target.isDirectory(directory.directory);
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void unreadable(NodePath path, Optional<Node> directory, RepositoryException e) {
    // the first pass has reported it
  }
}
