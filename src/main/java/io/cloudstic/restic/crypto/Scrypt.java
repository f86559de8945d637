package io.cloudstic.restic.crypto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key derivation scrypt (RFC 7914), for every command begins with one. Its inner loop keeps the
 * sixteen words of a block in local variables, which the first compiler of HotSpot already makes
 * good code of; and what may be mixed side by side ({@code p}) is, on all processors.
 */
final class Scrypt {
  private static final String HMAC = "HmacSHA256";

  /** Words of 32 bits in a block of Salsa20, and in a chunk of {@code r} pairs of blocks. */
  private static final int BLOCK = 16;

  private static final int CHUNK = 2 * BLOCK;

  /** What may be used at once for mixing side by side; a single mix may need more. */
  private static final long SHARED_MEMORY = 64L << 20;

  private Scrypt() {}

  /**
   * Derives a key.
   *
   * @param n how many chunks of {@code 128 * r} bytes each mix keeps in memory, a power of two
   * @param p how many mixes there are
   * @param length of the result, in bytes
   */
  static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
    int words = CHUNK * r;
    byte[] bytes = pbkdf2(password, salt, p * words * Integer.BYTES);
    int[] mixed = new int[p * words];
    words(bytes).get(mixed);
    long memory = (long) n * words * Integer.BYTES;
    int lanes = (int) Math.max(1, Math.min(Math.min(p, processors()), SHARED_MEMORY / memory));
    if (lanes == 1) {
      mix(mixed, 0, 1, n, r);
    } else {
      IntStream.range(0, lanes).parallel().forEach(lane -> mix(mixed, lane, lanes, n, r));
    }
    words(bytes).put(mixed);
    byte[] derived = pbkdf2(password, bytes, length);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(mixed, 0);
    return derived;
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static IntBuffer words(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
  }

  /** PBKDF2 with a single iteration (RFC 8018, section 5.2), as scrypt uses it. */
  private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      // HMAC fills the key up with zeros, and Java refuses an empty one.
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
      ByteBuffer derived = ByteBuffer.allocate(length);
      for (int i = 1; derived.hasRemaining(); i++) {
        mac.update(salt);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, i));
        byte[] block = mac.doFinal();
        derived.put(block, 0, Math.min(block.length, derived.remaining()));
      }
      return derived.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Mixes every {@code step}-th chunk from the {@code first} on (scryptROMix). */
  private static void mix(int[] chunks, int first, int step, int n, int r) {
    int words = CHUNK * r;
    int[] memory = new int[n * words];
    for (int at = first * words; at < chunks.length; at += step * words) {
      System.arraycopy(chunks, at, memory, 0, words);
      for (int i = 1; i < n; i++) {
        mixBlocks(memory, (i - 1) * words, memory, i * words, r);
      }
      int[] one = new int[words];
      int[] other = new int[words];
      mixBlocks(memory, (n - 1) * words, one, 0, r);
      for (int i = 0; i < n; i += 2) {
        mixWith(memory, n, one, other, r);
        mixWith(memory, n, other, one, r);
      }
      System.arraycopy(one, 0, chunks, at, words);
      Arrays.fill(one, 0);
      Arrays.fill(other, 0);
    }
    Arrays.fill(memory, 0);
  }

  private static void mixWith(int[] memory, int n, int[] from, int[] to, int r) {
    xor(from, memory, (from[from.length - BLOCK] & n - 1) * from.length);
    mixBlocks(from, 0, to, 0, r);
  }

  private static void xor(int[] target, int[] source, int offset) {
    for (int i = 0; i < target.length; i++) {
      target[i] ^= source[offset + i];
    }
  }

  /** Each block through Salsa20/8 together with the one before it (scryptBlockMix). */
  private static void mixBlocks(int[] in, int inAt, int[] out, int outAt, int r) {
    int at = inAt + (2 * r - 1) * BLOCK;
    int x0 = in[at];
    int x1 = in[at + 1];
    int x2 = in[at + 2];
    int x3 = in[at + 3];
    int x4 = in[at + 4];
    int x5 = in[at + 5];
    int x6 = in[at + 6];
    int x7 = in[at + 7];
    int x8 = in[at + 8];
    int x9 = in[at + 9];
    int x10 = in[at + 10];
    int x11 = in[at + 11];
    int x12 = in[at + 12];
    int x13 = in[at + 13];
    int x14 = in[at + 14];
    int x15 = in[at + 15];
    for (int block = 0; block < 2 * r; block++) {
      at = inAt + block * BLOCK;
      final int b0 = x0 ^= in[at];
      final int b1 = x1 ^= in[at + 1];
      final int b2 = x2 ^= in[at + 2];
      final int b3 = x3 ^= in[at + 3];
      final int b4 = x4 ^= in[at + 4];
      final int b5 = x5 ^= in[at + 5];
      final int b6 = x6 ^= in[at + 6];
      final int b7 = x7 ^= in[at + 7];
      final int b8 = x8 ^= in[at + 8];
      final int b9 = x9 ^= in[at + 9];
      final int b10 = x10 ^= in[at + 10];
      final int b11 = x11 ^= in[at + 11];
      final int b12 = x12 ^= in[at + 12];
      final int b13 = x13 ^= in[at + 13];
      final int b14 = x14 ^= in[at + 14];
      final int b15 = x15 ^= in[at + 15];
      for (int doubleRound = 0; doubleRound < 4; doubleRound++) {
        x4 ^= Integer.rotateLeft(x0 + x12, 7);
        x8 ^= Integer.rotateLeft(x4 + x0, 9);
        x12 ^= Integer.rotateLeft(x8 + x4, 13);
        x0 ^= Integer.rotateLeft(x12 + x8, 18);
        x9 ^= Integer.rotateLeft(x5 + x1, 7);
        x13 ^= Integer.rotateLeft(x9 + x5, 9);
        x1 ^= Integer.rotateLeft(x13 + x9, 13);
        x5 ^= Integer.rotateLeft(x1 + x13, 18);
        x14 ^= Integer.rotateLeft(x10 + x6, 7);
        x2 ^= Integer.rotateLeft(x14 + x10, 9);
        x6 ^= Integer.rotateLeft(x2 + x14, 13);
        x10 ^= Integer.rotateLeft(x6 + x2, 18);
        x3 ^= Integer.rotateLeft(x15 + x11, 7);
        x7 ^= Integer.rotateLeft(x3 + x15, 9);
        x11 ^= Integer.rotateLeft(x7 + x3, 13);
        x15 ^= Integer.rotateLeft(x11 + x7, 18);
        x1 ^= Integer.rotateLeft(x0 + x3, 7);
        x2 ^= Integer.rotateLeft(x1 + x0, 9);
        x3 ^= Integer.rotateLeft(x2 + x1, 13);
        x0 ^= Integer.rotateLeft(x3 + x2, 18);
        x6 ^= Integer.rotateLeft(x5 + x4, 7);
        x7 ^= Integer.rotateLeft(x6 + x5, 9);
        x4 ^= Integer.rotateLeft(x7 + x6, 13);
        x5 ^= Integer.rotateLeft(x4 + x7, 18);
        x11 ^= Integer.rotateLeft(x10 + x9, 7);
        x8 ^= Integer.rotateLeft(x11 + x10, 9);
        x9 ^= Integer.rotateLeft(x8 + x11, 13);
        x10 ^= Integer.rotateLeft(x9 + x8, 18);
        x12 ^= Integer.rotateLeft(x15 + x14, 7);
        x13 ^= Integer.rotateLeft(x12 + x15, 9);
        x14 ^= Integer.rotateLeft(x13 + x12, 13);
        x15 ^= Integer.rotateLeft(x14 + x13, 18);
      }
      // Even blocks come first, then the odd ones.
      int to = outAt + ((block & 1) * r + (block >> 1)) * BLOCK;
      out[to] = x0 += b0;
      out[to + 1] = x1 += b1;
      out[to + 2] = x2 += b2;
      out[to + 3] = x3 += b3;
      out[to + 4] = x4 += b4;
      out[to + 5] = x5 += b5;
      out[to + 6] = x6 += b6;
      out[to + 7] = x7 += b7;
      out[to + 8] = x8 += b8;
      out[to + 9] = x9 += b9;
      out[to + 10] = x10 += b10;
      out[to + 11] = x11 += b11;
      out[to + 12] = x12 += b12;
      out[to + 13] = x13 += b13;
      out[to + 14] = x14 += b14;
      out[to + 15] = x15 += b15;
    }
  }
}
