package io.cloudstic.onedrive.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Texts that cannot be guessed. */
final class RandomText {
  // 256 bits: state needs 128 (RFC 6749, section 10.10), a code verifier 43 characters (RFC 7636).
  private static final int BYTES = 32;

  private RandomText() {}

  /** 43 characters of base64url. */
  static String next(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
