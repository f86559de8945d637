package io.cloudstic.onedrive.client;

import java.io.IOException;

/** The bytes of a file that is sent; any part of them, any number of times. */
public interface UploadContent {
  /** How many bytes there are. */
  long size();

  /**
   * What tells this content from all other; empty when nothing does, and then an upload of it is
   * not continued by another run.
   */
  default String identity() {
    return "";
  }

  /**
   * A part.
   *
   * @param length at least 1; {@code offset + length} is at most the size
   */
  byte[] read(long offset, int length) throws IOException;
}
