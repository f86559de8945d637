package io.cloudstic.restore;

import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Gives a file, directory or link the owner, extended attributes, times and mode of its node, as
 * far as this system has them. Never follows a link. Thread-safe.
 */
final class Metadata {
  private static final String USER_SPACE = "user.";

  private final RestoreReport report;
  private final boolean unix;

  Metadata(Path target, RestoreReport report) {
    this.report = report;
    unix = target.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /**
   * The mode comes last, because it may take away the right to change the rest; the times before
   * it, because they are what the rest would change.
   *
   * @throws IOException when times or mode cannot be set
   */
  void apply(Path path, Node node) throws IOException {
    if (unix) {
      own(path, node);
    }
    if (node.type() != NodeType.SYMLINK) {
      attributes(path, node);
    }
    times(path, node);
    if (unix && node.type() != NodeType.SYMLINK) {
      Files.setAttribute(
          path, "unix:mode", FileMode.unixPermissions(node.mode()), LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** Only root may give files away; restic does not call that an error, nor do we. */
  static void own(Path path, Node node) {
    try {
      Files.setAttribute(path, "unix:gid", (int) node.gid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:uid", (int) node.uid(), LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      // It stays with whoever restores it.
    }
  }

  /** Java sets what is in the space of the user, where the file system has it. */
  private void attributes(Path path, Node node) {
    if (node.extendedAttributes().isEmpty()) {
      return;
    }
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(
            path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      if (!isSet(view, attribute) && !attribute.name().equals(ItemFacts.ATTRIBUTE)) {
        report.attributeLeftOut(attribute.name());
      }
    }
  }

  private static boolean isSet(UserDefinedFileAttributeView view, ExtendedAttribute attribute) {
    if (view == null || !attribute.name().startsWith(USER_SPACE)) {
      return false;
    }
    byte[] value = attribute.value() == null ? new byte[0] : attribute.value();
    try {
      view.write(attribute.name().substring(USER_SPACE.length()), ByteBuffer.wrap(value));
      return true;
    } catch (IOException e) {
      // The file system has none, or no room for it: the content is what matters.
      return false;
    }
  }

  private static void times(Path path, Node node) throws IOException {
    FileTime mtime = settable(node.mtime().toInstant());
    FileTime atime = settable(node.atime().toInstant());
    BasicFileAttributeView view =
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    try {
      view.setTimes(mtime, atime, null);
      if (EarlyTimes.isAffected(node.mtime().toInstant())) {
        EarlyTimes.setModified(path, node.mtime().toInstant());
      }
    } catch (IOException e) {
      if (node.type() != NodeType.SYMLINK) {
        throw e;
      }
      // Few systems can set the times of a link.
    }
  }

  /**
   * A time that Java can set: of those before 1970 whole seconds only, and none before 1677. Java
   * hands their fractions to the system as negative nanoseconds, which Linux refuses, and Java then
   * sets 1970 instead (UnixFileAttributeViews of the JDK).
   */
  private static FileTime settable(Instant time) {
    if (time.getEpochSecond() >= 0) {
      return FileTime.from(time);
    }
    long earliest = Long.MIN_VALUE / TimeUnit.SECONDS.toNanos(1);
    return FileTime.from(Math.max(time.getEpochSecond(), earliest), TimeUnit.SECONDS);
  }
}
