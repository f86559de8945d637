package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.catalogue.Mark;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * Watches the bytes of one attempt at a file and compares them with what Graph says of it. Only the
 * hashes that Graph gave are computed, since SHA-1 and SHA-256 cost more than the rest of a
 * download. Not thread-safe.
 */
public final class ContentCheck {
  private final byte[] expectedQuickXor;
  private final byte[] expectedSha1;
  private final byte[] expectedSha256;
  private final QuickXorHash quickXor = new QuickXorHash();
  private final CRC32C crc = new CRC32C();
  private final MessageDigest sha1;
  private final MessageDigest sha256;
  private long length;

  /** Prepares for content of these hashes; those that cannot be decoded count as not given. */
  public ContentCheck(Hashes hashes) {
    expectedQuickXor = base64(hashes.quickXor());
    expectedSha1 = hex(hashes.sha1(), 20);
    expectedSha256 = hex(hashes.sha256(), 32);
    sha1 = expectedSha1 == null ? null : digest("SHA-1");
    sha256 = expectedSha256 == null ? null : digest("SHA-256");
  }

  /** Takes {@code len} more bytes of the content. */
  public void update(byte[] buf, int off, int len) {
    length += len;
    quickXor.update(buf, off, len);
    crc.update(buf, off, len);
    if (sha1 != null) {
      sha1.update(buf, off, len);
    }
    if (sha256 != null) {
      sha256.update(buf, off, len);
    }
  }

  /**
   * Ends the content, which takes no more bytes.
   *
   * @param size the size that Graph gives, or -1 when it gives none
   */
  public Finding finish(long size) {
    byte[] xor = quickXor.digest();
    byte[] one = sha1 == null ? null : sha1.digest();
    byte[] two = sha256 == null ? null : sha256.digest();
    Fingerprint print =
        new Fingerprint(length, crc.getValue(), Base64.getEncoder().encodeToString(xor));
    return new Finding(mark(size, xor, one, two), print);
  }

  private Mark mark(long size, byte[] xor, byte[] one, byte[] two) {
    // One equal hash is enough: Graph's sizes, and single kinds of hashes, are known to be untrue.
    if (same(expectedQuickXor, xor) || same(expectedSha1, one) || same(expectedSha256, two)) {
      return Mark.HASH;
    }
    boolean noHash = expectedQuickXor == null && expectedSha1 == null && expectedSha256 == null;
    if (noHash && size < 0) {
      return Mark.UNCHECKED;
    }
    return noHash && size == length ? Mark.SIZE : Mark.MISMATCH;
  }

  private static boolean same(byte[] expected, byte[] actual) {
    return expected != null && Arrays.equals(expected, actual);
  }

  private static byte[] base64(String text) {
    if (text == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.strip());
      return bytes.length == QuickXorHash.LENGTH ? bytes : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  private static byte[] hex(String text, int length) {
    if (text == null || text.strip().length() != 2 * length) {
      return null;
    }
    try {
      return HexFormat.of().parseHex(text.strip());
    } catch (IllegalArgumentException notHex) {
      return null;
    }
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }

  /**
   * What tells two contents apart, by accident though not by malice.
   *
   * @param length bytes
   * @param crc32c CRC-32C of the content
   * @param quickXor base64
   */
  public record Fingerprint(long length, long crc32c, String quickXor) {}

  /**
   * The outcome of one attempt.
   *
   * @param mark how it compares with what Graph says
   * @param fingerprint to compare with another attempt
   */
  public record Finding(Mark mark, Fingerprint fingerprint) {}
}
