package io.cloudstic.restic.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The 64 bytes that seal and open envelopes: an AES-256 key (32), the AES-128 key {@code k} of
 * Poly1305-AES (16) and its {@code r} (16). A user key, derived from a password, has the same form.
 *
 * <p>Closing wipes it; {@link Envelope}s made before keep working. It is never printed.
 * Thread-safe.
 */
public final class MasterKey implements AutoCloseable {
  /** Length in bytes. */
  public static final int LENGTH = 64;

  private static final int ENCRYPT_LENGTH = 32;
  private static final int MAC_LENGTH = 16;

  private final byte[] bytes;
  private boolean closed;

  private MasterKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key made of these 64 bytes, which are copied.
   *
   * @throws IllegalArgumentException when the length is wrong or any of the three parts is all
   *     zero: a zero key is a sign of memory that was never filled
   */
  public static MasterKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a key has 64 bytes, not " + bytes.length);
    }
    if (isZero(bytes, 0, ENCRYPT_LENGTH)
        || isZero(bytes, ENCRYPT_LENGTH, MAC_LENGTH)
        || isZero(bytes, ENCRYPT_LENGTH + MAC_LENGTH, MAC_LENGTH)) {
      throw new IllegalArgumentException("a part of the key is all zero");
    }
    return new MasterKey(bytes.clone());
  }

  /** A new key for a new repository. */
  public static MasterKey generate(SecureRandom random) {
    byte[] fresh = new byte[LENGTH];
    random.nextBytes(fresh);
    return new MasterKey(fresh);
  }

  /** A copy of the AES-256 key. */
  byte[] encrypt() {
    return part(0, ENCRYPT_LENGTH);
  }

  /** A copy of the AES-128 key that turns an IV into the second half of the one-time key. */
  byte[] macK() {
    return part(ENCRYPT_LENGTH, MAC_LENGTH);
  }

  /** A copy of Poly1305's {@code r}, clamped or not: both occur in key files. */
  byte[] macR() {
    return part(ENCRYPT_LENGTH + MAC_LENGTH, MAC_LENGTH);
  }

  /** Whether both are the same 64 bytes; takes the same time for any two. */
  public boolean isSameAs(MasterKey other) {
    return MessageDigest.isEqual(part(0, LENGTH), other.part(0, LENGTH));
  }

  private synchronized byte[] part(int offset, int length) {
    if (closed) {
      throw new IllegalStateException("the key is closed");
    }
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /** Wipes the key; repeating does nothing. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public String toString() {
    return "MasterKey(hidden)";
  }

  static boolean isZero(byte[] bytes, int offset, int length) {
    int any = 0;
    for (int i = offset; i < offset + length; i++) {
      any |= bytes[i];
    }
    return any == 0;
  }
}
