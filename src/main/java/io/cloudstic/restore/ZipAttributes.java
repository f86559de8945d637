package io.cloudstic.restore;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Adds Unix modes to a ZIP file on its way to disk. {@code ZipOutputStream} writes good ZIP files
 * but knows no modes, which symbolic links need; they stand only in the central directory
 * (APPNOTE.TXT 4.4.2 and 4.4.15), which it writes in one go at the end. Until then everything
 * passes unchanged.
 */
final class ZipAttributes extends FilterOutputStream {
  private static final int HEADER = 46;
  private static final int SIGNATURE = 0x02014b50;
  private static final int MADE_BY_SYSTEM_AT = 5;
  private static final int NAME_LENGTH_AT = 28;
  private static final int EXTRA_LENGTH_AT = 30;
  private static final int COMMENT_LENGTH_AT = 32;
  private static final int EXTERNAL_ATTRIBUTES_AT = 38;
  private static final byte UNIX = 3;
  private static final int MS_DOS_DIRECTORY = 0x10;
  private static final int S_IFMT = 0170000;
  private static final int S_IFDIR = 0040000;

  private short[] modes = new short[64];
  private int entries;
  private int done;
  private boolean inDirectory;
  private final byte[] header = new byte[HEADER];
  private int headerLength;
  private int toSkip;

  ZipAttributes(OutputStream out) {
    super(out);
  }

  /** The {@code st_mode} of the next entry, in the order in which entries are written. */
  void add(int unixMode) {
    if (entries == modes.length) {
      modes = Arrays.copyOf(modes, entries * 2);
    }
    modes[entries++] = (short) unixMode;
  }

  /** From here on comes the central directory: everything before was flushed. */
  void beginDirectory() {
    inDirectory = true;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!inDirectory || done == entries && toSkip == 0) {
      out.write(bytes, offset, length);
      return;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      if (toSkip > 0 || done == entries) {
        int count = done == entries && toSkip == 0 ? end - at : Math.min(toSkip, end - at);
        out.write(bytes, at, count);
        toSkip = Math.max(0, toSkip - count);
        at += count;
      } else {
        int count = Math.min(HEADER - headerLength, end - at);
        System.arraycopy(bytes, at, header, headerLength, count);
        headerLength += count;
        at += count;
        if (headerLength == HEADER) {
          writeHeader();
        }
      }
    }
  }

  private void writeHeader() throws IOException {
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getInt(0) != SIGNATURE) {
      throw new IOException("the central directory of the ZIP file is not where it should be");
    }
    int mode = modes[done++] & 0xffff;
    int msDos = (mode & S_IFMT) == S_IFDIR ? MS_DOS_DIRECTORY : 0;
    header[MADE_BY_SYSTEM_AT] = UNIX;
    fields.putInt(EXTERNAL_ATTRIBUTES_AT, mode << 16 | msDos);
    out.write(header, 0, HEADER);
    headerLength = 0;
    toSkip =
        (fields.getShort(NAME_LENGTH_AT) & 0xffff)
            + (fields.getShort(EXTRA_LENGTH_AT) & 0xffff)
            + (fields.getShort(COMMENT_LENGTH_AT) & 0xffff);
  }
}
