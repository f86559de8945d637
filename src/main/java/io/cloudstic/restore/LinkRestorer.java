package io.cloudstic.restore;

import io.cloudstic.restic.tree.NativeNames;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restore.RestoreListener.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/** Makes symbolic links, further names of files, and named pipes. Not thread-safe. */
final class LinkRestorer {
  private final RestoreRequest request;
  private final RestoreReport report;
  private final FileRestorer files;
  private final Metadata metadata;
  private final SpecialFiles special;
  private final Parts parts;

  LinkRestorer(
      RestoreRequest request,
      RestoreReport report,
      FileRestorer files,
      Metadata metadata,
      SpecialFiles special,
      Parts parts) {
    this.request = request;
    this.report = report;
    this.files = files;
    this.metadata = metadata;
    this.special = special;
    this.parts = parts;
  }

  Action symbolicLink(Path place, Node node) throws IOException {
    byte[] goal = node.linkTarget();
    if (goal.length == 0) {
      throw new IOException("the link has no target");
    }
    Optional<BasicFileAttributes> found = Target.look(place);
    if (found.isPresent()
        && found.get().isSymbolicLink()
        && Arrays.equals(NativeNames.bytesOf(Files.readSymbolicLink(place)), goal)) {
      return Action.UNCHANGED;
    }
    if (found.isPresent() && request.overwrite().keeps(found.get(), node)) {
      return Action.KEPT;
    }
    if (!request.dryRun()) {
      makeLink(place, node, goal);
    }
    return found.isPresent() ? Action.UPDATED : Action.RESTORED;
  }

  private void makeLink(Path place, Node node, byte[] goal) throws IOException {
    Path part = parts.of(place);
    Files.deleteIfExists(part);
    try {
      special.makeLink(part, goal);
      metadata.apply(part, node);
      Target.finish(part, place);
    } catch (UnsupportedOperationException | InvalidPathException e) {
      throw new IOException("this system cannot make the link: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  Action device(Path place, Node node) throws IOException {
    Optional<BasicFileAttributes> found = Target.look(place);
    if (found.isPresent() && request.overwrite().keeps(found.get(), node)) {
      return Action.KEPT;
    }
    if (!request.dryRun() && !special.makeDevice(place, node)) {
      return Action.LEFT_OUT;
    }
    return found.isPresent() ? Action.UPDATED : Action.RESTORED;
  }

  Action pipe(Path place, Node node) throws IOException {
    Optional<BasicFileAttributes> found = Target.look(place);
    if (found.isPresent() && found.get().isOther()) {
      return Action.UNCHANGED;
    }
    if (found.isPresent() && request.overwrite().keeps(found.get(), node)) {
      return Action.KEPT;
    }
    if (!request.dryRun() && !special.makePipe(place, node)) {
      return Action.LEFT_OUT;
    }
    return found.isPresent() ? Action.UPDATED : Action.RESTORED;
  }

  /** Makes another name of a file that was restored; a file of its own where that cannot be. */
  void hardLink(Path first, Path place, NodePath path, Node node) throws IOException {
    if (!request.dryRun() && !Files.isRegularFile(first, LinkOption.NOFOLLOW_LINKS)) {
      files.restore(place, path, node);
      return;
    }
    Optional<BasicFileAttributes> found = Target.look(place);
    if (found.isPresent() && isSameFile(found.get(), first)) {
      report.done(path, node, Action.UNCHANGED);
    } else if (found.isPresent() && request.overwrite().keeps(found.get(), node)) {
      report.done(path, node, Action.KEPT);
    } else if (request.dryRun() || makeName(first, place)) {
      report.done(path, node, found.isPresent() ? Action.UPDATED : Action.RESTORED);
    } else {
      files.restore(place, path, node);
    }
  }

  private static boolean isSameFile(BasicFileAttributes one, Path other) throws IOException {
    Optional<BasicFileAttributes> found = Target.look(other);
    Object key = found.map(BasicFileAttributes::fileKey).orElse(null);
    return key != null && key.equals(one.fileKey());
  }

  private boolean makeName(Path first, Path place) throws IOException {
    Path part = parts.of(place);
    Files.deleteIfExists(part);
    try {
      Files.createLink(part, first);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // the file system has none
    }
    try {
      Target.finish(part, place);
    } finally {
      Files.deleteIfExists(part);
    }
    return true;
  }
}
