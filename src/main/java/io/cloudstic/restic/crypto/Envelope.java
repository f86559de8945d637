package io.cloudstic.restic.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals plaintext into envelopes and opens them again, with one key.
 *
 * <p>The form is restic's (doc/design.rst, "Keys, Encryption and MAC"): {@code IV || AES-256-CTR ||
 * Poly1305-AES over the ciphertext}. Nothing binds an envelope to its place, so whoever opens one
 * compares the SHA-256 of the plaintext with the id that was wanted.
 *
 * <p>Not thread-safe: one for each thread, kept and reused, because the ciphers are dear to make.
 */
public final class Envelope {
  /** What an envelope is longer than its plaintext: IV and tag. */
  public static final int OVERHEAD = 32;

  private static final int IV_LENGTH = 16;

  /**
   * Bytes given to the cipher in one call. The fast form of AES/CTR is compiled after a number of
   * calls (5,000 in HotSpot), however long they are: in steps of 2 KiB that takes 10 MiB, while
   * steps of 16 KiB cost most of a second more of processor time, and a whole backup with a call
   * for each blob would run on the slow form.
   */
  private static final int STEP = 2 * 1024;

  private final SecureRandom random;
  private final SecretKeySpec encrypt;
  private final byte[] macR;
  private final Cipher ctr;
  private final Cipher nonceCipher;
  private final Poly1305 poly1305 = new Poly1305();
  private final byte[] iv = new byte[IV_LENGTH];
  private final byte[] nonce = new byte[IV_LENGTH];
  private final byte[] tag = new byte[Poly1305.LENGTH];

  /** Envelopes under {@code key}, with IVs from {@code random}. */
  public Envelope(MasterKey key, SecureRandom random) {
    this.random = random;
    this.encrypt = new SecretKeySpec(key.encrypt(), "AES");
    this.macR = key.macR();
    try {
      ctr = Cipher.getInstance("AES/CTR/NoPadding");
      // A single block: ECB here is the plain block cipher that Poly1305-AES asks for.
      nonceCipher = Cipher.getInstance("AES/ECB/NoPadding");
      nonceCipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.macK(), "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }

  /**
   * Seals {@code length} bytes under a fresh IV; the result is {@code length + 32} bytes long.
   *
   * @param out receives the envelope at {@code outOffset}; not the array of the plaintext
   * @return the envelope's length
   * @throws IllegalArgumentException when {@code out} is too short
   */
  public int seal(byte[] plain, int offset, int length, byte[] out, int outOffset) {
    if (out.length - outOffset - OVERHEAD < length) {
      throw new IllegalArgumentException("no room for an envelope of " + length + " + 32 bytes");
    }
    do {
      random.nextBytes(iv);
    } while (MasterKey.isZero(iv, 0, IV_LENGTH));
    System.arraycopy(iv, 0, out, outOffset, IV_LENGTH);
    int body = outOffset + IV_LENGTH;
    crypt(plain, offset, length, out, body);
    authenticate(out, body, length, out, body + length);
    return length + OVERHEAD;
  }

  /** Seals a whole array into a new one. */
  public byte[] seal(byte[] plain) {
    byte[] out = new byte[plain.length + OVERHEAD];
    seal(plain, 0, plain.length, out, 0);
    return out;
  }

  /**
   * Opens the envelope of {@code length} bytes at {@code offset}. The tag is compared, in constant
   * time, before anything is decrypted.
   *
   * @param out receives {@code length - 32} bytes at {@code outOffset}; the array of the envelope
   *     only if they come to lie where it began
   * @return the plaintext's length
   * @throws AuthenticationException when it is shorter than 32 bytes, has an all-zero IV, or does
   *     not carry the right tag; {@code out} is untouched then
   * @throws IllegalArgumentException when {@code out} is too short
   */
  public int open(byte[] sealed, int offset, int length, byte[] out, int outOffset) {
    if (length < OVERHEAD) {
      throw new AuthenticationException("it is only " + length + " bytes long");
    }
    int plainLength = length - OVERHEAD;
    if (out.length - outOffset < plainLength) {
      throw new IllegalArgumentException("no room for a plaintext of " + plainLength + " bytes");
    }
    System.arraycopy(sealed, offset, iv, 0, IV_LENGTH);
    if (MasterKey.isZero(iv, 0, IV_LENGTH)) {
      throw new AuthenticationException("its IV is all zero");
    }
    int body = offset + IV_LENGTH;
    authenticate(sealed, body, plainLength, tag, 0);
    int tagAt = body + plainLength;
    if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(sealed, tagAt, tagAt + tag.length))) {
      throw new AuthenticationException("its authentication tag is wrong");
    }
    crypt(sealed, body, plainLength, out, outOffset);
    return plainLength;
  }

  /** Opens a whole array into a new one; fails as the other form does. */
  public byte[] open(byte[] sealed) {
    byte[] out = new byte[Math.max(0, sealed.length - OVERHEAD)];
    open(sealed, 0, sealed.length, out, 0);
    return out;
  }

  private void crypt(byte[] in, int offset, int length, byte[] out, int outOffset) {
    try {
      ctr.init(Cipher.ENCRYPT_MODE, encrypt, new IvParameterSpec(iv));
      for (int done = 0; done < length; ) {
        int step = Math.min(STEP, length - done);
        ctr.update(in, offset + done, step, out, outOffset + done);
        done += step;
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CTR takes any input", e);
    }
  }

  private void authenticate(byte[] in, int offset, int length, byte[] out, int outOffset) {
    try {
      nonceCipher.update(iv, 0, IV_LENGTH, nonce, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES takes a block", e);
    }
    poly1305.tag(macR, nonce, in, offset, length, out, outOffset);
  }
}
