package io.cloudstic.restic.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * A key file: the master key sealed under a user key that scrypt derives from a password, with what
 * is needed to derive it again. Stored in the clear as JSON, named by the SHA-256 of its bytes; see
 * {@link KeyFileCodec}. Immutable.
 */
public final class KeyFile {
  /** Length of the salt, which restic insists on. */
  static final int SALT_LENGTH = 64;

  private final OffsetDateTime created;
  private final String username;
  private final String hostname;
  private final KdfCost cost;
  private final byte[] salt;
  private final byte[] data;

  KeyFile(
      OffsetDateTime created,
      String username,
      String hostname,
      KdfCost cost,
      byte[] salt,
      byte[] data) {
    this.created = created;
    this.username = Objects.requireNonNull(username);
    this.hostname = Objects.requireNonNull(hostname);
    this.cost = cost;
    this.salt = salt;
    this.data = data;
  }

  /**
   * A new key file for a master key and a password.
   *
   * @param password what the user typed; its UTF-8 bytes count, without normalisation
   * @throws IllegalArgumentException when the password is empty
   */
  public static KeyFile create(
      MasterKey masterKey,
      char[] password,
      KdfCost cost,
      OffsetDateTime created,
      String username,
      String hostname,
      SecureRandom random) {
    if (password.length == 0) {
      throw new IllegalArgumentException("the password is empty");
    }
    byte[] salt = new byte[SALT_LENGTH];
    random.nextBytes(salt);
    byte[] plain = KeyFileCodec.encodeMasterKey(masterKey);
    try (MasterKey userKey = userKey(password, cost, salt)) {
      byte[] data = new Envelope(userKey, random).seal(plain);
      return new KeyFile(created, username, hostname, cost, salt, data);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The master key, or empty when the password is not this key file's. Takes the time and memory of
   * one scrypt derivation.
   *
   * @throws MalformedKeyException when the password is right but what it opens is not a master key
   */
  public Optional<MasterKey> open(char[] password) {
    byte[] plain = new byte[Math.max(0, data.length - Envelope.OVERHEAD)];
    try (MasterKey userKey = userKey(password, cost, salt)) {
      new Envelope(userKey, new SecureRandom()).open(data, 0, data.length, plain, 0);
      return Optional.of(KeyFileCodec.decodeMasterKey(plain));
    } catch (AuthenticationException e) {
      return Optional.empty();
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static MasterKey userKey(char[] password, KdfCost cost, byte[] salt) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    byte[] derived = cost.derive(bytes, salt);
    try {
      return MasterKey.of(derived);
    } finally {
      Arrays.fill(encoded.array(), (byte) 0);
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(derived, (byte) 0);
    }
  }

  /** When it was made. */
  public OffsetDateTime created() {
    return created;
  }

  /** Who made it; empty when not said. */
  public String username() {
    return username;
  }

  /** Where it was made; empty when not said. */
  public String hostname() {
    return hostname;
  }

  /** What deriving the user key costs. */
  public KdfCost cost() {
    return cost;
  }

  byte[] salt() {
    return salt.clone();
  }

  byte[] data() {
    return data.clone();
  }
}
