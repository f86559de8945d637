package io.cloudstic.simulator.drive;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a file as a recipe: immutable, thread-safe, readable any number of times. */
public interface Content {
  /** Length in bytes. */
  long size();

  /** The bytes from {@code offset} on, which lies between 0 and the size; the caller closes. */
  InputStream open(long offset) throws IOException;
}
