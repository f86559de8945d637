package io.cloudstic.simulator.drive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** The hashes that an account type shows of a file; 20 bytes are kept for each, or 72. */
public final class ContentHashes {
  private static final int BUFFER = 16 * 1024;
  private static final int SHA1_LENGTH = 20;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** quickXorHash, then on personal accounts SHA-1 and SHA-256. */
  private final byte[] digests;

  private ContentHashes(byte[] digests) {
    this.digests = digests;
  }

  static ContentHashes of(Content content, AccountType type) {
    QuickXorHash quick = new QuickXorHash();
    boolean personal = type == AccountType.PERSONAL;
    MessageDigest sha1 = personal ? digest("SHA-1") : null;
    MessageDigest sha256 = personal ? digest("SHA-256") : null;
    byte[] buffer = new byte[(int) Math.max(1, Math.min(BUFFER, content.size()))];
    try (InputStream in = content.open(0)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        quick.update(buffer, 0, n);
        if (personal) {
          sha1.update(buffer, 0, n);
          sha256.update(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!personal) {
      return new ContentHashes(quick.digest());
    }
    byte[] all = Arrays.copyOf(quick.digest(), QuickXorHash.LENGTH + SHA1_LENGTH + 32);
    System.arraycopy(sha1.digest(), 0, all, QuickXorHash.LENGTH, SHA1_LENGTH);
    System.arraycopy(sha256.digest(), 0, all, QuickXorHash.LENGTH + SHA1_LENGTH, 32);
    return new ContentHashes(all);
  }

  /** Base64, as Graph writes it. */
  public String quickXor() {
    return Base64.getEncoder().encodeToString(Arrays.copyOf(digests, QuickXorHash.LENGTH));
  }

  /** Upper-case hex, or null on business accounts. */
  public String sha1() {
    return hex(QuickXorHash.LENGTH, QuickXorHash.LENGTH + SHA1_LENGTH);
  }

  /** Upper-case hex, or null on business accounts. */
  public String sha256() {
    return hex(QuickXorHash.LENGTH + SHA1_LENGTH, QuickXorHash.LENGTH + SHA1_LENGTH + 32);
  }

  private String hex(int from, int to) {
    return digests.length < to ? null : HEX.formatHex(digests, from, to);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
