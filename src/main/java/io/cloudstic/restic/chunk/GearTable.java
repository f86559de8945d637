package io.cloudstic.restic.chunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 256 random numbers of a gear hash, derived from the secret polynomial of a repository, so
 * that the sizes of the chunks do not tell which known files it holds.
 *
 * <p>The derivation, for whoever wants to make the same cuts: the key is the config's {@code
 * chunker_polynomial} as 8 bytes, big endian. For each k = 0 … 63 the message is the ASCII text
 * {@code cloudstic fastcdc gear v1} (25 bytes, no terminator) followed by the one byte k. The 32
 * bytes of HMAC-SHA-256(key, message) are four big-endian 64-bit numbers: the entries 4k, 4k+1,
 * 4k+2 and 4k+3.
 */
final class GearTable {
  private static final byte[] LABEL =
      "cloudstic fastcdc gear v1".getBytes(StandardCharsets.US_ASCII);
  private static final int ENTRIES = 256;
  private static final int ENTRIES_PER_MAC = 4;

  private GearTable() {}

  /** The table of this polynomial; a new array. */
  static long[] of(long polynomial) {
    Mac mac = hmac(ByteBuffer.allocate(Long.BYTES).putLong(polynomial).array());
    long[] table = new long[ENTRIES];
    for (int k = 0; k < ENTRIES / ENTRIES_PER_MAC; k++) {
      mac.update(LABEL);
      ByteBuffer four = ByteBuffer.wrap(mac.doFinal(new byte[] {(byte) k}));
      four.asLongBuffer().get(table, ENTRIES_PER_MAC * k, ENTRIES_PER_MAC);
    }
    return table;
  }

  private static Mac hmac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
