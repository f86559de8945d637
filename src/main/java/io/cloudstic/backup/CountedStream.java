package io.cloudstic.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Content on its way in: told to the progress, and slowed to the limit that the user set. */
final class CountedStream extends FilterInputStream {
  private final BackupProgress progress;
  private final RateLimit limit;

  CountedStream(InputStream content, BackupProgress progress, RateLimit limit) {
    super(content);
    this.progress = progress;
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    if (one >= 0) {
      count(1);
    }
    return one;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = in.read(target, offset, limit.atMost(length));
    if (read > 0) {
      count(read);
    }
    return read;
  }

  @Override
  public long skip(long wanted) throws IOException {
    long skipped = in.skip(wanted);
    count(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void count(long bytes) {
    progress.read(bytes);
    limit.took(bytes);
  }
}
