package io.cloudstic.simulator.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns state into an opaque text and back (AES-GCM under a key made of the seed), so that a client
 * can neither read nor alter it, and so that the simulator need not remember it. Thread-safe.
 */
public final class Seal {
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final AtomicLong nonce;

  /**
   * Seals of one purpose do not open another's.
   *
   * @param firstNonce differs between two lives of the simulator with one seed
   */
  public Seal(long seed, String purpose, long firstNonce) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest((purpose + seed).getBytes(StandardCharsets.UTF_8));
      this.key = new SecretKeySpec(Arrays.copyOf(digest, 16), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.nonce = new AtomicLong(firstNonce);
  }

  /** The text as base64url. */
  public String close(String text) {
    byte[] head =
        ByteBuffer.allocate(NONCE_LENGTH).putInt(0).putLong(nonce.getAndIncrement()).array();
    byte[] sealed = run(Cipher.ENCRYPT_MODE, head, text.getBytes(StandardCharsets.UTF_8), 0);
    byte[] all = Arrays.copyOf(head, head.length + sealed.length);
    System.arraycopy(sealed, 0, all, head.length, sealed.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /** What was closed, or nothing when it is not ours. */
  public Optional<String> open(String sealed) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(sealed);
      byte[] head = Arrays.copyOf(all, NONCE_LENGTH);
      byte[] text = all.length < NONCE_LENGTH ? null : run(Cipher.DECRYPT_MODE, head, all, 12);
      return Optional.ofNullable(text).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private byte[] run(int mode, byte[] head, byte[] data, int offset) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, head));
      return cipher.doFinal(data, offset, data.length - offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not a seal of this purpose", e);
    }
  }
}
