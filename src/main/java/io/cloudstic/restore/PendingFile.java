package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.Set;

/**
 * A file on its way into the target: its content arrives in its part file, blob by blob in any
 * order and from several threads. Thread-safe.
 */
final class PendingFile {
  private static final Set<OpenOption> NEW =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.SPARSE,
          LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> MADE =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /** Of so many bytes the part outlives a run that is stopped. */
  private static final long WORTH_KEEPING = 64L << 20;

  private final NodePath path;
  private final Node node;
  private final Path place;
  private final boolean replaces;
  private final Path part;
  private final BitSet present = new BitSet();
  private boolean made;
  private boolean failed;
  private int missing;
  private long untouched;
  private long length;

  /**
   * A file of which nothing has arrived.
   *
   * @param place where it comes to stand, in a directory that is known to be real
   * @param part where it is made
   * @param replaces whether something stands there
   */
  PendingFile(NodePath path, Node node, Path place, Path part, boolean replaces) {
    this.path = path;
    this.node = node;
    this.place = place;
    this.replaces = replaces;
    this.part = part;
    this.missing = node.content().size();
  }

  NodePath path() {
    return path;
  }

  Node node() {
    return node;
  }

  Path place() {
    return place;
  }

  Path part() {
    return part;
  }

  boolean replaces() {
    return replaces;
  }

  /**
   * Opens the part for writing, and makes it first in place of whatever has its name; null when the
   * file has failed.
   */
  synchronized FileChannel open() throws IOException {
    if (failed) {
      return null;
    }
    if (made) {
      return FileChannel.open(part, MADE);
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(part, NEW);
    } catch (FileAlreadyExistsException e) {
      // A run that was killed has left it.
      Files.delete(part);
      channel = FileChannel.open(part, NEW);
    }
    made = true;
    return channel;
  }

  /**
   * The part that an earlier run has left is gone on with: it holds these blobs, and elsewhere in
   * its bytes anything, since that run may have restored another version of the file.
   */
  synchronized void adopt(BitSet blobs, long bytes) {
    made = true;
    untouched = bytes;
    present.or(blobs);
    missing -= blobs.cardinality();
  }

  /** From which byte on the part was empty when this run began. */
  synchronized long untouched() {
    return untouched;
  }

  /** Whether the blob of this number was in the part from the beginning. */
  synchronized boolean has(int blob) {
    return present.get(blob);
  }

  /** Whether nothing of it is missing. */
  synchronized boolean isWhole() {
    return missing == 0;
  }

  /** Tells how long it will be. */
  synchronized void length(long bytes) {
    length = bytes;
  }

  /** How long it will be. */
  synchronized long length() {
    return length;
  }

  /** Whether all blobs are there, now that so many more are (true once). */
  synchronized boolean arrived(int blobs) {
    missing -= blobs;
    return !failed && blobs > 0 && missing == 0;
  }

  /** Takes the part away, whatever is in it; says whether it had not failed before. */
  synchronized boolean fail() {
    boolean first = !failed;
    failed = true;
    discard();
    return first;
  }

  /** Begins anew, with an empty part. */
  synchronized void reset() {
    discard();
    failed = false;
    untouched = 0;
    present.clear();
    missing = node.content().size();
  }

  /** The run ends: a part that took long is left for the next one, others go. */
  synchronized void abandon() {
    if (made && (failed || node.size() < WORTH_KEEPING)) {
      discard();
    }
  }

  private void discard() {
    try {
      // Made or not: what an earlier run has left is of no use either.
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The next run finds it.
    }
    made = false;
  }
}
