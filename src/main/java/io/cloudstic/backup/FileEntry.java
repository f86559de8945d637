package io.cloudstic.backup;

import java.io.IOException;
import java.io.InputStream;

/** A file of a source whose content belongs in the snapshot: what the route {@code file} takes. */
public interface FileEntry {
  /** Its path in the snapshot, beginning with a slash; for messages. */
  String path();

  /** How many bytes the source says it has, or −1 where it does not say. */
  long size();

  /**
   * Opens the content from its beginning; the caller closes it.
   *
   * @throws IOException when this one file cannot be read; the run goes on
   */
  InputStream open() throws IOException;
}
