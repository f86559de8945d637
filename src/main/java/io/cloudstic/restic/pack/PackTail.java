package io.cloudstic.restic.pack;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.store.ObjectStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Reads what a pack says about itself at its end. */
public final class PackTail {
  /** As many entries as are read with the first request; most packs have no more. */
  private static final int EAGER_ENTRIES = 15;

  private static final int EAGER =
      PackHeader.LENGTH_FIELD + Envelope.OVERHEAD + EAGER_ENTRIES * PackHeader.COMPRESSED_ENTRY;

  private static final int SHORTEST_HEADER = Envelope.OVERHEAD + PackHeader.PLAIN_ENTRY;

  private PackTail() {}

  /**
   * The blobs of a pack, in one request for most packs and two for the rest.
   *
   * @param size the pack's length, from a listing
   * @param envelope the calling thread's
   * @throws io.cloudstic.store.ObjectNotFoundException when there is no such pack
   * @throws RepositoryException when the header is damaged, or lists blobs whose lengths do not add
   *     up to the pack's
   */
  public static List<PackedBlob> read(ObjectStore store, Id pack, long size, Envelope envelope) {
    String key = FileKind.PACK.key(pack);
    try {
      if (size < PackHeader.LENGTH_FIELD + SHORTEST_HEADER) {
        throw new IOException("it is only " + size + " bytes long");
      }
      byte[] tail = end(store, key, size, (int) Math.min(EAGER, size));
      int headerLength = headerLength(tail, size);
      if (headerLength + PackHeader.LENGTH_FIELD > tail.length) {
        tail = end(store, key, size, headerLength + PackHeader.LENGTH_FIELD);
      }
      List<PackedBlob> blobs = decode(tail, headerLength, envelope);
      if (PackHeader.packSize(blobs) != size) {
        throw new IOException(
            "its blobs make " + PackHeader.packSize(blobs) + " bytes, it has " + size);
      }
      return blobs;
    } catch (IOException | AuthenticationException e) {
      throw RepositoryException.damaged("pack " + key + ": " + e.getMessage(), e);
    }
  }

  private static byte[] end(ObjectStore store, String key, long size, int length) {
    return store.getRange(key, size - length, length);
  }

  /** Checked against the format's limit and the pack's size, so that nothing is read for a lie. */
  private static int headerLength(byte[] tail, long size) throws IOException {
    int at = tail.length - PackHeader.LENGTH_FIELD;
    int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
    if (length < SHORTEST_HEADER
        || length > PackHeader.MAX_SEALED - PackHeader.LENGTH_FIELD
        || length > size - PackHeader.LENGTH_FIELD) {
      throw new IOException(
          "its header of " + Integer.toUnsignedString(length) + " bytes is not possible");
    }
    return length;
  }

  private static List<PackedBlob> decode(byte[] tail, int headerLength, Envelope envelope)
      throws IOException {
    int end = tail.length - PackHeader.LENGTH_FIELD;
    return PackHeader.decode(envelope.open(Arrays.copyOfRange(tail, end - headerLength, end)));
  }
}
