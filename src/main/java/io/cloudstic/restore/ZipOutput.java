package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes entries into a ZIP file. Content is collected, in memory or in a file beside, until all of
 * it is known to be right: what is in the stream cannot be taken back. Not thread-safe.
 */
final class ZipOutput {
  private static final int IN_MEMORY = 4 << 20;

  private final ZipOutputStream zip;
  private final ZipAttributes attributes;
  private final ContentReader content;
  private final Path spool;

  ZipOutput(ZipOutputStream zip, ZipAttributes attributes, ContentReader content, Path spool) {
    this.zip = zip;
    this.attributes = attributes;
    this.content = content;
    this.spool = spool;
  }

  /** Writes nothing, for a dry run. */
  static ZipOutput none() {
    return new ZipOutput(null, null, null, null);
  }

  void directory(NodePath local, Node node) {
    put(local.relative() + "/", node, out -> {});
  }

  void link(NodePath local, Node node) {
    put(local.relative(), node, out -> out.write(node.linkTarget()));
  }

  /**
   * Writes a file.
   *
   * @throws io.cloudstic.restic.RepositoryException when its content cannot be read; no entry is
   *     written then
   */
  void file(NodePath local, Node node) {
    if (zip == null) {
      return;
    }
    try {
      if (length(node.content()) > IN_MEMORY) {
        try (OutputStream out = Files.newOutputStream(spool)) {
          content.read(node.content(), out::write);
        }
        put(local.relative(), node, out -> Files.copy(spool, out));
      } else {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.read(node.content(), bytes::write);
        put(local.relative(), node, bytes::writeTo);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long length(List<Id> blobs) {
    return blobs.stream().mapToLong(content::plainLength).sum();
  }

  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /** What fails here ends the run: the ZIP file is of no use then. */
  private void put(String name, Node node, Body body) {
    if (zip == null) {
      return;
    }
    try {
      ZipEntry entry = new ZipEntry(name);
      entry.setLastModifiedTime(FileTime.from(node.mtime().toInstant()));
      zip.putNextEntry(entry);
      attributes.add(FileMode.toUnix(node.mode()));
      body.writeTo(zip);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
