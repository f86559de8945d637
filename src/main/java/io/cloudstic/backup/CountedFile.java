package io.cloudstic.backup;

import java.io.IOException;
import java.io.InputStream;

/** A source's file whose reading is counted, and slowed to the limit that the user set. */
record CountedFile(FileEntry file, BackupProgress progress, RateLimit limit) implements FileEntry {
  @Override
  public String path() {
    return file.path();
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public InputStream open() throws IOException {
    return new CountedStream(file.open(), progress, limit);
  }

  /** The source's own entry. */
  static FileEntry unwrap(FileEntry entry) {
    return entry instanceof CountedFile counted ? counted.file() : entry;
  }
}
