package io.cloudstic.restic.pack;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.crypto.Envelope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a pack in plain form: for each blob a type byte, its envelope's length, for
 * compressed blobs the uncompressed length, and its id (restic, doc/design.rst, "Pack Format").
 * Offsets are the sums of the lengths before.
 */
public final class PackHeader {
  /** Bytes after the header's envelope: its length, little endian. */
  static final int LENGTH_FIELD = 4;

  /** An entry without uncompressed length. */
  static final int PLAIN_ENTRY = 37;

  /** An entry with uncompressed length. */
  static final int COMPRESSED_ENTRY = 41;

  /** restic refuses longer ones; counts the envelope and the length field. */
  static final int MAX_SEALED = (16 << 20) + LENGTH_FIELD;

  private static final int COMPRESSED_BIT = 2;

  private PackHeader() {}

  /** The length of a blob's entry. */
  static int entryLength(PackedBlob blob) {
    return blob.isCompressed() ? COMPRESSED_ENTRY : PLAIN_ENTRY;
  }

  /** What a pack of these blobs is longer than the sum of their envelopes. */
  public static long overhead(List<PackedBlob> blobs) {
    long entries = 0;
    for (PackedBlob blob : blobs) {
      entries += entryLength(blob);
    }
    return entries + Envelope.OVERHEAD + LENGTH_FIELD;
  }

  /** The length of a pack of exactly these blobs: what {@code check} compares with the real one. */
  public static long packSize(List<PackedBlob> blobs) {
    long body = 0;
    for (PackedBlob blob : blobs) {
      body += blob.length();
    }
    return body + overhead(blobs);
  }

  /** The plain header of blobs that lie one after another from offset 0. */
  public static byte[] encode(List<PackedBlob> blobs) {
    int length = Math.toIntExact(overhead(blobs)) - Envelope.OVERHEAD - LENGTH_FIELD;
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (PackedBlob blob : blobs) {
      out.put((byte) (blob.type().ordinal() | (blob.isCompressed() ? COMPRESSED_BIT : 0)));
      out.putInt((int) blob.length());
      if (blob.isCompressed()) {
        out.putInt((int) blob.uncompressedLength());
      }
      blob.id().copyTo(out.array(), out.position());
      out.position(out.position() + Id.LENGTH);
    }
    return out.array();
  }

  /**
   * The blobs of a plain header, with their offsets.
   *
   * @throws IOException when a type is unknown, the header ends within an entry, or lengths are
   *     impossible
   */
  public static List<PackedBlob> decode(byte[] plain) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    List<PackedBlob> blobs = new ArrayList<>(plain.length / PLAIN_ENTRY);
    long offset = 0;
    while (in.hasRemaining()) {
      int type = in.get();
      if (type < 0 || type > 3) {
        throw new IOException("pack header with the unknown blob type " + (type & 0xff));
      }
      boolean compressed = (type & COMPRESSED_BIT) != 0;
      if (in.remaining() < (compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY) - 1) {
        throw new IOException("pack header that ends within an entry");
      }
      long length = Integer.toUnsignedLong(in.getInt());
      long uncompressed = compressed ? Integer.toUnsignedLong(in.getInt()) : 0;
      Id id = Id.of(plain, in.position());
      in.position(in.position() + Id.LENGTH);
      if (compressed && uncompressed == 0) {
        throw new IOException("pack header with a compressed blob of no bytes");
      }
      try {
        BlobType blobType = (type & 1) == 0 ? BlobType.DATA : BlobType.TREE;
        blobs.add(new PackedBlob(blobType, id, offset, length, uncompressed));
      } catch (IllegalArgumentException e) {
        throw new IOException("pack header: " + e.getMessage(), e);
      }
      offset += length;
    }
    return blobs;
  }
}
