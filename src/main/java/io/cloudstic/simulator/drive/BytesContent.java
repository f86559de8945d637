package io.cloudstic.simulator.drive;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Content held in memory, for small files of tests and demonstrations. */
public final class BytesContent implements Content {
  private final byte[] bytes;

  /** These bytes, copied. */
  public BytesContent(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A text in UTF-8. */
  public static BytesContent of(String text) {
    return new BytesContent(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public InputStream open(long offset) {
    int from = Math.toIntExact(offset);
    return new ByteArrayInputStream(bytes, from, bytes.length - from);
  }
}
