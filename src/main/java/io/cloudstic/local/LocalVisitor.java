package io.cloudstic.local;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a walk tells. All calls come on the walk's thread, in the order of the walk; an unchecked
 * exception ends it.
 */
public interface LocalVisitor {
  /**
   * A directory; its items follow, then {@link #leaveDirectory}. Also called for the directories
   * above the place where the walk begins, of which only the one item on the way follows.
   *
   * @return whether to go in; otherwise neither its items nor {@link #leaveDirectory} follow
   */
  boolean enterDirectory(LocalItem directory);

  /** A file. */
  void file(LocalItem file);

  /** A symbolic link, pipe, socket or device. */
  void other(LocalItem item);

  /** The end of the directory that was entered last and not left. */
  void leaveDirectory(LocalItem directory);

  /**
   * Something could not be read: a directory, or an item's metadata, which is left out then; or
   * only its extended attributes, and the item follows without them.
   */
  void problem(Path path, IOException reason);
}
