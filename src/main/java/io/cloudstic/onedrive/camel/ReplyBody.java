package io.cloudstic.onedrive.camel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer's body, whose exchange is done when it is closed. Not thread-safe. */
final class ReplyBody extends FilterInputStream {
  private final OpenRequest request;
  private final Runnable done;
  private boolean closed;

  ReplyBody(InputStream in, OpenRequest request, Runnable done) {
    super(in);
    this.request = request;
    this.done = done;
  }

  @Override
  public int read() throws IOException {
    int b = super.read();
    if (b < 0) {
      request.ended();
    }
    return b;
  }

  @Override
  public int read(byte[] buf, int off, int len) throws IOException {
    int n = super.read(buf, off, len);
    if (n < 0) {
      request.ended();
    }
    return n;
  }

  /** Drops the connection first, unless all was read: closing it gently would read the rest. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    request.close();
    done.run();
  }
}
