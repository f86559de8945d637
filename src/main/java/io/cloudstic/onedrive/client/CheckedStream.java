package io.cloudstic.onedrive.client;

import java.io.InputStream;

/** The bytes of one round of a {@link FileContent}, checked on their way. Not thread-safe. */
final class CheckedStream extends InputStream {
  private final FileContent content;
  private final Transfer transfer;
  private ContentCheck check;
  private boolean finished;

  CheckedStream(FileContent content, Transfer transfer) {
    this.content = content;
    this.transfer = transfer;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buf, int off, int len) {
    if (finished) {
      return -1;
    }
    if (len == 0) {
      return 0;
    }
    try {
      if (check == null) {
        transfer.begin();
        content.settled(transfer.item());
        check = content.checkOf(transfer.item());
      }
      int n = transfer.read(buf, off, len);
      if (n > 0) {
        check.update(buf, off, n);
      } else if (n < 0) {
        content.finish(check.finish(transfer.item().size()), transfer);
        finished = true;
      }
      return n;
    } catch (ContentChangedException e) {
      // Thrown by finish it is ready for the next round; by the transfer it is not yet.
      throw content.isBegunAgain() ? e : content.interrupted(e);
    }
  }

  /** Lets go of the connection; closed early, the rest is not read. */
  @Override
  public void close() {
    transfer.close();
  }
}
