package io.cloudstic.restore;

import io.cloudstic.onedrive.client.QuickXorHash;
import io.cloudstic.onedrive.client.UploadContent;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** The content of a file of the repository, readable from anywhere. Not thread-safe. */
final class BlobContent implements UploadContent {
  private final ContentReader reader;
  private final List<Id> blobs;

  /** Where each blob begins, and behind them where the last one ends. */
  private final long[] begins;

  private byte[] last;
  private int lastIndex = -1;
  private String quickXor;

  /**
   * The content of these blobs.
   *
   * @throws RepositoryException when one is in no index
   */
  BlobContent(ContentReader reader, List<Id> blobs) {
    if (blobs == null) {
      throw RepositoryException.damaged("the file names no content", null);
    }
    this.reader = reader;
    this.blobs = blobs;
    this.begins = new long[blobs.size() + 1];
    for (int i = 0; i < blobs.size(); i++) {
      long length = reader.plainLength(blobs.get(i));
      if (length < 0) {
        throw RepositoryException.damaged("data blob " + blobs.get(i) + " is in no index", null);
      }
      begins[i + 1] = begins[i] + length;
    }
  }

  @Override
  public long size() {
    return begins[blobs.size()];
  }

  /** Blobs are named by their content, so that their names tell the whole. */
  @Override
  public String identity() {
    return blobs.stream().map(Id::hex).collect(Collectors.joining());
  }

  @Override
  public byte[] read(long offset, int length) throws IOException {
    byte[] part = new byte[length];
    int index = index(offset);
    for (int done = 0; done < length; index++) {
      byte[] blob = blob(index);
      int from = (int) (offset + done - begins[index]);
      int count = Math.min(length - done, blob.length - from);
      System.arraycopy(blob, from, part, done, count);
      done += count;
    }
    return part;
  }

  private int index(long offset) {
    int low = 0;
    int high = blobs.size() - 1;
    while (low < high) {
      int middle = low + high + 1 >>> 1;
      if (begins[middle] <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private byte[] blob(int index) throws IOException {
    if (index != lastIndex) {
      reader.read(blobs.subList(index, index + 1), plain -> last = plain);
      lastIndex = index;
    }
    return last;
  }

  /** The hash that Graph gives of this content, in base64. */
  String quickXor() throws IOException {
    if (quickXor == null) {
      QuickXorHash hash = new QuickXorHash();
      reader.read(blobs, plain -> hash.update(plain, 0, plain.length));
      quickXor = Base64.getEncoder().encodeToString(hash.digest());
    }
    return quickXor;
  }
}
