package io.cloudstic.restore;

import io.cloudstic.restic.pack.PlainBlob;
import io.cloudstic.restore.PackRead.Placement;
import io.cloudstic.restore.PackRead.WantedBlob;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Writes blobs into the parts of their files as they arrive on one thread. Blobs that follow one
 * another are mostly of one file, which is kept open; the file that has become whole is finished
 * when it is closed. Not thread-safe.
 */
final class Arrivals implements Closeable {
  private final FileRestorer files;
  private PendingFile file;
  private FileChannel out;
  private int written;

  Arrivals(FileRestorer files) {
    this.files = files;
  }

  /** Writes a blob to all its places; what fails concerns single files, and is reported. */
  void write(WantedBlob blob, PlainBlob plain) {
    for (Placement placement : blob.placements()) {
      open(placement.file());
      try {
        if (out != null) {
          SparseWriter.write(out, plain, placement.offset(), file.untouched());
          written++;
        }
      } catch (IOException e) {
        files.failed(file, e);
      }
    }
  }

  private void open(PendingFile next) {
    if (file == next) {
      return;
    }
    close();
    file = next;
    try {
      out = next.open();
    } catch (IOException e) {
      files.failed(next, e);
    }
  }

  /** Closes the file that is open, and finishes it if nothing of it is missing. */
  @Override
  public void close() {
    PendingFile closed = file;
    if (closed == null) {
      return;
    }
    int arrived = written;
    try (FileChannel closing = out) {
      forget();
      if (!closed.arrived(arrived)) {
        return;
      }
      if (closing != null) {
        SparseWriter.end(closing, closed.length());
      }
    } catch (IOException e) {
      files.failed(closed, e);
      return;
    }
    files.complete(closed);
  }

  private void forget() {
    file = null;
    out = null;
    written = 0;
  }
}
