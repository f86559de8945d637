package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A ZIP file: names in UTF-8, Unix modes, symbolic links as links, sizes of 64 bits where they need
 * them. With a spool, content is collected in memory or in that file until all of it is known to be
 * right, because what is in the stream cannot be taken back; without one a damaged file ends it.
 */
final class ZipArchive implements Archive {
  private static final int IN_MEMORY = 4 << 20;

  private final ZipAttributes attributes;
  private final ZipOutputStream zip;
  private final ContentReader content;
  private final Path spool;

  /**
   * An archive on a stream.
   *
   * @param spool a file that may be made and replaced; null to do without
   */
  ZipArchive(OutputStream out, ContentReader content, Path spool) {
    this.attributes = new ZipAttributes(out);
    this.zip = new ZipOutputStream(attributes, StandardCharsets.UTF_8);
    this.content = content;
    this.spool = spool;
    zip.setLevel(Deflater.BEST_SPEED);
  }

  @Override
  public boolean add(NodePath name, Node node) throws IOException {
    switch (node.type()) {
      case DIR -> put(name.relative() + "/", node, out -> {});
      case SYMLINK -> put(name.relative(), node, out -> out.write(node.linkTarget()));
      case FILE -> file(name.relative(), node);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void file(String name, Node node) throws IOException {
    if (node.content() == null) {
      throw RepositoryException.damaged("the file names no content", null);
    }
    long length = node.content().stream().mapToLong(content::plainLength).sum();
    if (length <= IN_MEMORY) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.max(0, length));
      content.read(node.content(), bytes::write);
      put(name, node, bytes::writeTo);
    } else if (spool != null) {
      try (OutputStream out = Files.newOutputStream(spool)) {
        content.read(node.content(), out::write);
      }
      put(name, node, out -> Files.copy(spool, out));
    } else {
      put(name, node, out -> content.read(node.content(), out::write));
    }
  }

  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  private void put(String name, Node node, Body body) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(FileTime.from(node.mtime().toInstant()));
    zip.putNextEntry(entry);
    attributes.add(FileMode.toUnix(node.mode()));
    body.writeTo(zip);
    zip.closeEntry();
  }

  @Override
  public void close() throws IOException {
    zip.flush();
    attributes.beginDirectory();
    zip.finish();
    zip.flush();
  }
}
