package io.cloudstic.backup;

import java.io.IOException;
import java.io.InputStream;

/** Opens entries; a bean for routes, where an own method keeps the failure's own type. */
public final class EntryContent {
  /**
   * Opens the entry's content.
   *
   * @throws IOException as {@link FileEntry#open} does
   */
  public InputStream open(FileEntry entry) throws IOException {
    return entry.open();
  }
}
