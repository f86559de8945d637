package io.cloudstic.restic.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Poly1305")
class Poly1305Test {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  @DisplayName("gives the tag of RFC 8439, section 2.5.2")
  void rfcExample() {
    assertThat(
            tag(
                "85d6be7857556d337f4452fe42d506a8",
                "0103808afb0db2fd4abff6af4149f51b",
                "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("a8061dc1305136c6c22b8baf0c0127a9");
  }

  @ParameterizedTest
  @CsvSource({
    // RFC 8439, appendix A.3, test vectors 7 to 11: carries and reductions at the edges.
    "01000000000000000000000000000000, 00000000000000000000000000000000,"
        + " fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000,"
        + " 05000000000000000000000000000000",
    "01000000000000000000000000000000, 00000000000000000000000000000000,"
        + " fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101,"
        + " 00000000000000000000000000000000",
    "02000000000000000000000000000000, 00000000000000000000000000000000,"
        + " fdffffffffffffffffffffffffffffff, faffffffffffffffffffffffffffffff",
    "02000000000000000000000000000000, 00000000000000000000000000000000,"
        + " ffffffffffffffffffffffffffffffff, 03000000000000000000000000000000",
    "02000000000000000000000000000000, ffffffffffffffffffffffffffffffff,"
        + " 02000000000000000000000000000000, 03000000000000000000000000000000",
    "01000000000000000400000000000000, 00000000000000000000000000000000,"
        + " e33594d7505e43b900000000000000003394d7505e4379cd01000000000000000000000000000000000000000000000001000000000000000000000000000000,"
        + " 14000000000000005500000000000000",
    "01000000000000000400000000000000, 00000000000000000000000000000000,"
        + " e33594d7505e43b900000000000000003394d7505e4379cd010000000000000000000000000000000000000000000000,"
        + " 13000000000000000000000000000000",
  })
  @DisplayName("gives the tags of RFC 8439, appendix A.3")
  void rfcEdges(String r, String s, String message, String expected) {
    assertThat(tag(r, s, HEX.parseHex(message))).isEqualTo(expected);
  }

  @Test
  @DisplayName("agrees with BouncyCastle on messages of every short length and some long ones")
  void agreesWithBouncyCastle() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Poly1305 ours = new Poly1305();
    for (int i = 0; i < 700; i++) {
      int length = i < 600 ? i : random.nextInt(200_000);
      byte[] message = new byte[length + 7];
      random.nextBytes(message);
      if (i % 3 == 0) {
        Arrays.fill(message, (byte) 0xff);
      }
      byte[] key = new byte[32];
      random.nextBytes(key);
      if (i % 5 == 0) {
        Arrays.fill(key, (byte) 0xff);
      }
      byte[] actual = new byte[20];
      byte[] r = Arrays.copyOf(key, 16);
      ours.tag(r, Arrays.copyOfRange(key, 16, 32), message, 5, length, actual, 3);

      byte[] expected = new byte[20];
      org.bouncycastle.crypto.generators.Poly1305KeyGenerator.clamp(key);
      var theirs = new org.bouncycastle.crypto.macs.Poly1305();
      theirs.init(new KeyParameter(key));
      theirs.update(message, 5, length);
      theirs.doFinal(expected, 3);
      assertThat(actual).as("seed %d, round %d", seed, i).isEqualTo(expected);
    }
  }

  private static String tag(String r, String s, byte[] message) {
    byte[] tag = new byte[16];
    new Poly1305().tag(HEX.parseHex(r), HEX.parseHex(s), message, 0, message.length, tag, 0);
    return HEX.formatHex(tag);
  }
}
