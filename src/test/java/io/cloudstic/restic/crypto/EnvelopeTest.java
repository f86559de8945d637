package io.cloudstic.restic.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An envelope")
class EnvelopeTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] PLAIN =
      "restic format vector: 37 bytes long...".getBytes(StandardCharsets.US_ASCII);

  /** Made with an independent implementation and opened by restic 0.14.0 and 0.18.0. */
  private static final String SEALED =
      "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
          + "aefa72891fdb5c6b603985e47f2b9a8582a584634661a61fcce881fe0243f3f3f685838cc649"
          + "3af1dc61999b3a2344147b63442d92ff";

  @Test
  @DisplayName("is IV, ciphertext and tag as restic makes them")
  void vector() {
    Envelope envelope = new Envelope(countingKey(), fixed("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
    assertThat(HEX.formatHex(envelope.seal(PLAIN))).isEqualTo(SEALED);
    assertThat(HEX.formatHex(envelope.seal(new byte[0])))
        .isEqualTo("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf8aef4b6f9c4c0ad05bbaa8bbc43c8d7f");
    assertThat(envelope.open(HEX.parseHex(SEALED))).isEqualTo(PLAIN);
  }

  @Test
  @DisplayName("opens to what was sealed, at any offset and length")
  void roundTrip() {
    SecureRandom random = new SecureRandom();
    Envelope envelope = new Envelope(MasterKey.generate(random), random);
    for (int length : new int[] {0, 1, 15, 16, 17, 16383, 16384, 16385, 100_000}) {
      byte[] plain = new byte[length + 3];
      random.nextBytes(plain);
      byte[] sealed = new byte[length + Envelope.OVERHEAD + 5];
      assertThat(envelope.seal(plain, 3, length, sealed, 5)).isEqualTo(length + 32);
      byte[] opened = new byte[length + 2];
      assertThat(envelope.open(sealed, 5, length + 32, opened, 2)).isEqualTo(length);
      assertThat(Arrays.copyOfRange(opened, 2, opened.length))
          .isEqualTo(Arrays.copyOfRange(plain, 3, plain.length));
    }
  }

  @Test
  @DisplayName("opens in its own place, also once its loop is compiled")
  void inPlace() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Envelope envelope = new Envelope(countingKey(), new SecureRandom());
    for (int i = 0; i < 600; i++) {
      byte[] plain = new byte[random.nextInt(64 << 10)];
      random.nextBytes(plain);
      int at = random.nextInt(40);
      byte[] array = new byte[at + plain.length + Envelope.OVERHEAD];
      envelope.seal(plain, 0, plain.length, array, at);
      int opened = envelope.open(array, at, plain.length + Envelope.OVERHEAD, array, at);
      assertThat(Arrays.equals(array, at, at + opened, plain, 0, plain.length))
          .describedAs("seed %d, envelope %d", seed, i)
          .isTrue();
    }
  }

  @Test
  @DisplayName("with any bit changed does not open, and gives nothing away")
  void tampered() {
    Envelope envelope = new Envelope(countingKey(), new SecureRandom());
    byte[] sealed = HEX.parseHex(SEALED);
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] out = new byte[PLAIN.length];
      assertThatThrownBy(() -> envelope.open(changed, 0, changed.length, out, 0))
          .isInstanceOf(AuthenticationException.class);
      assertThat(out).containsOnly(0);
    }
  }

  @Test
  @DisplayName("too short, with a zero IV or of another key does not open")
  void refused() {
    Envelope envelope = new Envelope(countingKey(), new SecureRandom());
    assertThatThrownBy(() -> envelope.open(new byte[31]))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("31 bytes");
    assertThatThrownBy(() -> envelope.open(new byte[64]))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("IV");
    Envelope other = new Envelope(MasterKey.generate(new SecureRandom()), new SecureRandom());
    assertThatThrownBy(() -> other.open(HEX.parseHex(SEALED)))
        .isInstanceOf(AuthenticationException.class);
  }

  @Test
  @DisplayName("needs a key without zero parts, which is wiped on close and never printed")
  void keys() {
    assertThatThrownBy(() -> MasterKey.of(new byte[64]))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] zeroR = new byte[64];
    Arrays.fill(zeroR, 0, 48, (byte) 1);
    assertThatThrownBy(() -> MasterKey.of(zeroR)).isInstanceOf(IllegalArgumentException.class);
    MasterKey key = countingKey();
    assertThat(key.toString()).doesNotContain("01");
    key.close();
    assertThatThrownBy(key::encrypt).isInstanceOf(IllegalStateException.class);
  }

  static MasterKey countingKey() {
    byte[] bytes = new byte[MasterKey.LENGTH];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return MasterKey.of(bytes);
  }

  /** Not random at all: the same bytes each time. */
  private static SecureRandom fixed(String hex) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] bytes) {
        System.arraycopy(HEX.parseHex(hex), 0, bytes, 0, bytes.length);
      }
    };
  }
}
