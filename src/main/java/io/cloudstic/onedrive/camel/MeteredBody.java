package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.client.Gate;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body that tells the gate how it comes. Not thread-safe. */
final class MeteredBody extends FilterInputStream {
  /** So seldom that counting costs nothing, so often that a large file is seen to move. */
  private static final int STEP = 256 << 10;

  private final Gate.Pass pass;
  private long untold;

  MeteredBody(InputStream body, Gate.Pass pass) {
    super(body);
    this.pass = pass;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buf, int off, int len) throws IOException {
    try {
      int n = in.read(buf, off, len);
      untold += Math.max(0, n);
      if (untold >= STEP || n < 0 && untold > 0) {
        pass.received(untold);
        untold = 0;
      }
      return n;
    } catch (IOException e) {
      pass.broken();
      throw e;
    }
  }
}
