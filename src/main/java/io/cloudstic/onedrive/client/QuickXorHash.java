package io.cloudstic.onedrive.client;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Microsoft's quickXorHash: byte {@code i} is XORed into a state of 160 bits from bit {@code 11·i
 * mod 160} upwards, wrapping around; the length is XORed into the last eight bytes.
 *
 * <p>11 × 160 is a multiple of 160, so that bytes 160 apart fall on the same bits. Therefore the
 * input is only XORed together in blocks of 160 bytes, and the shifts happen once, at the end. It
 * detects accidents, not malice. Not thread-safe.
 *
 * @see <a href="https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash">Code
 *     snippets: QuickXorHash algorithm</a>
 */
public final class QuickXorHash {
  /** Length of the hash in bytes. */
  public static final int LENGTH = 20;

  private static final int BLOCK = 160;
  private static final int SHIFT = 11;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final long[] block = new long[BLOCK / Long.BYTES];
  private long length;

  /** Takes {@code len} more bytes of the input from {@code buf[off]} on. */
  public void update(byte[] buf, int off, int len) {
    int at = off;
    int end = off + len;
    int inBlock = (int) (length % BLOCK);
    length += len;
    if (inBlock != 0) {
      int part = Math.min(BLOCK - inBlock, len);
      xorBytes(buf, at, part, inBlock);
      at += part;
    }
    for (; end - at >= BLOCK; at += BLOCK) {
      for (int i = 0; i < block.length; i++) {
        block[i] ^= (long) LONGS.get(buf, at + i * Long.BYTES);
      }
    }
    xorBytes(buf, at, end - at, 0);
  }

  private void xorBytes(byte[] buf, int off, int len, int inBlock) {
    for (int i = 0; i < len; i++) {
      int place = inBlock + i;
      block[place >>> 3] ^= (buf[off + i] & 0xffL) << ((place & 7) << 3);
    }
  }

  /** The hash of the input so far; more input may follow. */
  public byte[] digest() {
    byte[] hash = new byte[LENGTH];
    for (int i = 0; i < BLOCK; i++) {
      int value = (int) (block[i >>> 3] >>> ((i & 7) << 3)) & 0xff;
      int bit = i * SHIFT % BLOCK;
      int shifted = value << (bit & 7);
      hash[bit >>> 3] ^= (byte) shifted;
      hash[((bit >>> 3) + 1) % LENGTH] ^= (byte) (shifted >>> 8);
    }
    for (int i = 0; i < Long.BYTES; i++) {
      hash[LENGTH - Long.BYTES + i] ^= (byte) (length >>> (i << 3));
    }
    return hash;
  }
}
