package io.cloudstic.restic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 that names a blob or a file of the repository: 32 bytes, immutable. */
public final class Id implements Comparable<Id> {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private static final HexFormat HEX = HexFormat.of();
  private static final MessageDigest SHA_256 = lookUpSha256();
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  private Id(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The id whose 32 bytes begin at {@code offset}; they are copied. */
  public static Id of(byte[] source, int offset) {
    return new Id(Arrays.copyOfRange(source, offset, offset + LENGTH));
  }

  /**
   * The id written as 64 lower-case hex digits.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static Id parse(String hex) {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("not an id of 64 lower-case hex digits: " + hex);
    }
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bytes[i] = (byte) (digit(hex.charAt(2 * i)) << 4 | digit(hex.charAt(2 * i + 1)));
    }
    return new Id(bytes);
  }

  private static int digit(char c) {
    return c <= '9' ? c - '0' : c - 'a' + 10;
  }

  /** Whether the text is 64 lower-case hex digits. */
  public static boolean isHex(CharSequence text) {
    if (text == null || text.length() != 2 * LENGTH) {
      return false;
    }
    // A loop, not a stream: indexes and trees hold millions of them.
    for (int i = 0; i < 2 * LENGTH; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The SHA-256 of these bytes. */
  public static Id hash(byte[] data, int offset, int length) {
    MessageDigest sha = sha256();
    sha.update(data, offset, length);
    return new Id(sha.digest());
  }

  /** The SHA-256 of these bytes. */
  public static Id hash(byte[] data) {
    return hash(data, 0, data.length);
  }

  /** A fresh SHA-256, for content that comes in pieces. */
  public static MessageDigest sha256() {
    try {
      // To look it up takes as long as to hash a kilobyte.
      return (MessageDigest) SHA_256.clone();
    } catch (CloneNotSupportedException e) {
      return lookUpSha256();
    }
  }

  private static MessageDigest lookUpSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Copies the 32 bytes to {@code target} at {@code offset}. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /**
   * A quarter of the id as a big-endian number, for tables that keep ids in primitive arrays.
   *
   * @param index 0 to 3
   */
  public long word(int index) {
    return (long) WORD.get(bytes, index * Long.BYTES);
  }

  /** The id of these four {@linkplain #word words}. */
  public static Id ofWords(long w0, long w1, long w2, long w3) {
    byte[] bytes = new byte[LENGTH];
    WORD.set(bytes, 0, w0);
    WORD.set(bytes, 8, w1);
    WORD.set(bytes, 16, w2);
    WORD.set(bytes, 24, w3);
    return new Id(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** 64 lower-case hex digits. */
  public String hex() {
    return HEX.formatHex(bytes);
  }

  /** The first 8 hex digits, as people are shown. */
  public String brief() {
    return HEX.formatHex(bytes, 0, 4);
  }

  @Override
  public int compareTo(Id other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Id id && Arrays.equals(bytes, id.bytes);
  }

  @Override
  public int hashCode() {
    return (bytes[0] & 0xff) << 24
        | (bytes[1] & 0xff) << 16
        | (bytes[2] & 0xff) << 8
        | (bytes[3] & 0xff);
  }

  @Override
  public String toString() {
    return hex();
  }
}
