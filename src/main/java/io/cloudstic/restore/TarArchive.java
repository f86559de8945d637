package io.cloudstic.restore;

import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.FileMode;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A tar file in the pax format (POSIX.1-2017, pax, "pax Interchange Format"): what the header
 * cannot hold - long names, large sizes, parts of seconds, extended attributes - stands in a record
 * before it. Names are the bytes of the snapshot. Sockets are left out, as by any tar.
 */
final class TarArchive implements Archive {
  private static final int BLOCK = 512;
  private static final int END_BLOCKS = 2;
  private static final long MOST_OCTAL_11 = (1L << 33) - 1;
  private static final long MOST_OCTAL_7 = (1L << 21) - 1;

  private final OutputStream out;
  private final ContentReader content;
  private final ContentComparison lengths;

  TarArchive(OutputStream out, ContentReader content) {
    this.out = out;
    this.content = content;
    this.lengths = new ContentComparison(content);
  }

  @Override
  public boolean add(NodePath path, Node node) throws IOException {
    char type = typeFlag(node);
    if (type == 0) {
      return false;
    }
    long size = type == '0' ? sizeOf(node) : 0;
    byte[] name = name(path, type == '5');
    byte[] link = type == '2' ? node.linkTarget() : new byte[0];
    byte[] records = new PaxRecords(name, link, size, node).bytes();
    if (records.length > 0) {
      Header header = new Header("PaxHeader".getBytes(StandardCharsets.US_ASCII), 'x');
      header.octal(Header.MODE, 0644).octal(Header.SIZE, records.length);
      header.octal(Header.MTIME, 0);
      out.write(header.finished());
      out.write(records);
      pad(records.length);
    }
    out.write(header(node, type, name, link, size));
    if (type == '0') {
      content.read(node.content(), out::write);
      pad(size);
    }
    return true;
  }

  private static char typeFlag(Node node) {
    return switch (node.type()) {
      case FILE -> '0';
      case SYMLINK -> '2';
      case CHARDEV -> '3';
      case DEV -> '4';
      case DIR -> '5';
      case FIFO -> '6';
      default -> 0;
    };
  }

  /** The sum of the blobs: what the node says of its size need not be true. */
  private long sizeOf(Node node) {
    if (node.content() == null) {
      throw RepositoryException.damaged("the file " + node.name() + " names no content", null);
    }
    long size = lengths.length(node.content());
    if (size < 0) {
      throw RepositoryException.damaged(
          "content of the file " + node.name() + " is in no index", null);
    }
    return size;
  }

  private static byte[] name(NodePath path, boolean directory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (NodeName each : path.names()) {
      if (bytes.size() > 0) {
        bytes.write('/');
      }
      bytes.writeBytes(each.toBytes());
    }
    if (directory) {
      bytes.write('/');
    }
    return bytes.toByteArray();
  }

  private static byte[] header(Node node, char type, byte[] name, byte[] link, long size) {
    Header header = new Header(name, type);
    header.octal(Header.MODE, FileMode.unixPermissions(node.mode()));
    header.octal(Header.UID, Math.min(node.uid(), MOST_OCTAL_7));
    header.octal(Header.GID, Math.min(node.gid(), MOST_OCTAL_7));
    header.octal(Header.SIZE, Math.min(size, MOST_OCTAL_11));
    header.octal(Header.MTIME, Math.min(Math.max(0, node.mtime().toEpochSecond()), MOST_OCTAL_11));
    header.text(Header.LINK, link);
    header.text(Header.USER, node.user().getBytes(StandardCharsets.UTF_8));
    header.text(Header.GROUP, node.group().getBytes(StandardCharsets.UTF_8));
    if (type == '3' || type == '4') {
      header.octal(Header.DEVICE_MAJOR, SpecialFiles.major(node.device()));
      header.octal(Header.DEVICE_MINOR, SpecialFiles.minor(node.device()) & MOST_OCTAL_7);
    }
    return header.finished();
  }

  private void pad(long length) throws IOException {
    out.write(new byte[(int) (-length & BLOCK - 1)]);
  }

  @Override
  public void close() throws IOException {
    out.write(new byte[END_BLOCKS * BLOCK]);
    out.flush();
  }

  /** One block of fields. */
  private static final class Header {
    // Offset and length of each field of a ustar header.
    static final int[] NAME = {0, 100};
    static final int[] MODE = {100, 8};
    static final int[] UID = {108, 8};
    static final int[] GID = {116, 8};
    static final int[] SIZE = {124, 12};
    static final int[] MTIME = {136, 12};
    static final int[] CHECKSUM = {148, 8};
    static final int[] LINK = {157, 100};
    static final int[] MAGIC = {257, 8};
    static final int[] USER = {265, 31};
    static final int[] GROUP = {297, 31};
    static final int[] DEVICE_MAJOR = {329, 8};
    static final int[] DEVICE_MINOR = {337, 8};
    private static final int TYPE_AT = 156;

    private final byte[] block = new byte[BLOCK];

    Header(byte[] name, char type) {
      text(NAME, name);
      block[TYPE_AT] = (byte) type;
      text(MAGIC, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
    }

    Header octal(int[] field, long value) {
      String digits = "%0" + (field[1] - 1) + "o";
      return text(field, digits.formatted(value).getBytes(StandardCharsets.US_ASCII));
    }

    Header text(int[] field, byte[] value) {
      System.arraycopy(value, 0, block, field[0], Math.min(value.length, field[1]));
      return this;
    }

    byte[] finished() {
      text(CHECKSUM, "        ".getBytes(StandardCharsets.US_ASCII));
      int sum = 0;
      for (byte b : block) {
        sum += b & 0xff;
      }
      text(CHECKSUM, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
      return block;
    }
  }

  /** The records of one entry; none when the header says it all. */
  private static final class PaxRecords {
    private final ByteArrayOutputStream records = new ByteArrayOutputStream();

    PaxRecords(byte[] name, byte[] link, long size, Node node) {
      if (name.length > Header.NAME[1] || !isAscii(name)) {
        add("path", name);
      }
      if (link.length > Header.LINK[1] || !isAscii(link)) {
        add("linkpath", link);
      }
      if (size > MOST_OCTAL_11) {
        add("size", Long.toString(size));
      }
      if (node.uid() > MOST_OCTAL_7) {
        add("uid", Long.toString(node.uid()));
      }
      if (node.gid() > MOST_OCTAL_7) {
        add("gid", Long.toString(node.gid()));
      }
      long seconds = node.mtime().toEpochSecond();
      if (node.mtime().getNano() != 0 || seconds < 0 || seconds > MOST_OCTAL_11) {
        add("mtime", time(seconds, node.mtime().getNano()));
      }
      for (ExtendedAttribute attribute : node.extendedAttributes()) {
        if (attribute.name().indexOf('=') < 0) {
          byte[] value = attribute.value() == null ? new byte[0] : attribute.value();
          add("SCHILY.xattr." + attribute.name(), value);
        }
      }
    }

    /** A decimal number, whose fraction counts towards the past when it is negative. */
    private static String time(long seconds, int nanos) {
      if (seconds >= 0 || nanos == 0) {
        return "%d.%09d".formatted(seconds, nanos);
      }
      long whole = seconds + 1;
      return (whole == 0 ? "-0" : Long.toString(whole)) + ".%09d".formatted(1_000_000_000 - nanos);
    }

    private static boolean isAscii(byte[] bytes) {
      for (byte b : bytes) {
        if (b < 0) {
          return false;
        }
      }
      return true;
    }

    private void add(String key, String value) {
      add(key, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The length at the beginning counts itself. */
    private void add(String key, byte[] value) {
      byte[] begin = (" " + key + "=").getBytes(StandardCharsets.UTF_8);
      int rest = begin.length + value.length + 1;
      int length = rest + Integer.toString(rest).length();
      length = rest + Integer.toString(length).length();
      records.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
      records.writeBytes(begin);
      records.writeBytes(value);
      records.write('\n');
    }

    byte[] bytes() {
      return records.toByteArray();
    }
  }
}
