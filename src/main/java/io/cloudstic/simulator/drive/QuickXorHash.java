package io.cloudstic.simulator.drive;

/**
 * Microsoft's quickXorHash, byte by byte as its definition reads: byte {@code i} is XORed into 160
 * bits of state from bit {@code 11 * i mod 160} upwards, and at the end the length into the last
 * eight bytes. Deliberately simple, and independent of the one that the client uses. Not
 * thread-safe.
 *
 * @see <a
 *     href="https://learn.microsoft.com/en-us/onedrive/developer/code-snippets/quickxorhash">QuickXorHash
 *     algorithm</a>
 */
public final class QuickXorHash {
  /** Length of the digest in bytes. */
  public static final int LENGTH = 20;

  private final byte[] state = new byte[LENGTH];
  private int bit;
  private long length;

  /** Adds {@code count} bytes. */
  public void update(byte[] data, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      int shifted = (data[i] & 0xff) << (bit & 7);
      int cell = bit >>> 3;
      state[cell] ^= (byte) shifted;
      state[cell == LENGTH - 1 ? 0 : cell + 1] ^= (byte) (shifted >>> 8);
      bit += 11;
      if (bit >= 8 * LENGTH) {
        bit -= 8 * LENGTH;
      }
    }
    length += count;
  }

  /** The 20 bytes for what was added so far. */
  public byte[] digest() {
    byte[] digest = state.clone();
    for (int i = 0; i < Long.BYTES; i++) {
      digest[LENGTH - Long.BYTES + i] ^= (byte) (length >>> 8 * i);
    }
    return digest;
  }
}
