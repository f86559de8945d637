package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;

/** Compares what is read from a stream with the hashes of a file's blobs. Thread-safe. */
final class ContentComparison {
  private static final int BUFFER = 64 * 1024;

  private final ContentReader content;

  ContentComparison(ContentReader content) {
    this.content = content;
  }

  /** Whether the stream is this content, and ends with it. */
  boolean isEqual(InputStream in, List<Id> blobs) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (Id blob : blobs) {
      long length = content.plainLength(blob);
      if (length < 0 || !hash(in, length, buffer).equals(blob)) {
        return false;
      }
    }
    return in.read() < 0;
  }

  /** The numbers of the blobs that the stream holds where they belong. */
  BitSet present(InputStream in, List<Id> blobs, Stop stop) throws IOException {
    BitSet present = new BitSet();
    byte[] buffer = new byte[BUFFER];
    for (int i = 0; i < blobs.size(); i++) {
      stop.check();
      long length = content.plainLength(blobs.get(i));
      if (length < 0) {
        break;
      }
      present.set(i, hash(in, length, buffer).equals(blobs.get(i)));
    }
    return present;
  }

  /** The sum of the lengths of the blobs, or -1 when one is in no index. */
  long length(List<Id> blobs) {
    long sum = 0;
    for (Id blob : blobs) {
      long length = content.plainLength(blob);
      if (length < 0) {
        return -1;
      }
      sum += length;
    }
    return sum;
  }

  private static Id hash(InputStream in, long length, byte[] buffer) throws IOException {
    MessageDigest sha = Id.sha256();
    long left = length;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        break;
      }
      sha.update(buffer, 0, n);
      left -= n;
    }
    return Id.of(sha.digest(), 0);
  }
}
