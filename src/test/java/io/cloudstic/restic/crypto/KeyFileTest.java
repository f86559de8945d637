package io.cloudstic.restic.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A key file")
class KeyFileTest {
  /** Made with an independent implementation and accepted by restic 0.14.0 and 0.18.0. */
  private static final String STORED =
      "{\"created\":\"2024-01-02T03:04:05Z\",\"username\":\"u\",\"hostname\":\"h\",\"kdf\":\"scrypt\","
          + "\"N\":1024,\"r\":8,\"p\":1,\"salt\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJ"
          + "ygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==\",\"data\":\"4OHi4+Tl5ufo6err7O3u7zd3XpP6TMvms7wiQcKO"
          + "CnP8eh2zhNJtPyv2e+jdLIDQxTRFiY9f7ymZYTBP7oNaA+Ma3OBvEPpOJUx3nbfxqof0ZCHZ0K//bmScojIvZ70K"
          + "DgOP3Uoj6eW+oEr6vB5wuqDeM7o1XV7brt3d3Kn1hwTy7gvtulaigB9Ul051654a74GgBgH0pGsyV/AEpxBO0g==\"}";

  @Test
  @DisplayName("made elsewhere opens with its password and is written back byte for byte")
  void vector() {
    byte[] stored = STORED.getBytes(StandardCharsets.UTF_8);
    assertThat(Id.hash(stored).hex())
        .isEqualTo("9f44350ec6fd1bfc0e625c1c8152661476f75d6be36d2d3c45c4e23789d44bbf");
    KeyFile file = KeyFileCodec.decode(stored);
    MasterKey key = file.open("pässword".toCharArray()).orElseThrow();
    MasterKey expected = EnvelopeTest.countingKey();
    assertThat(key.encrypt()).isEqualTo(expected.encrypt());
    assertThat(key.macK()).isEqualTo(expected.macK());
    assertThat(key.macR()).isEqualTo(expected.macR());
    assertThat(KeyFileCodec.encode(file)).isEqualTo(stored);
    assertThat(file.open("password".toCharArray())).isEmpty();
    assertThat(file.open(new char[0])).isEmpty();
  }

  @Test
  @DisplayName("made here opens with its password only")
  void roundTrip() {
    SecureRandom random = new SecureRandom();
    MasterKey key = MasterKey.generate(random);
    OffsetDateTime now = OffsetDateTime.of(2026, 1, 2, 3, 4, 5, 600, ZoneOffset.ofHours(2));
    KeyFile made =
        KeyFile.create(key, "päss ✓ 🔑".toCharArray(), KdfCost.LOWEST, now, "me", "here", random);
    KeyFile read = KeyFileCodec.decode(KeyFileCodec.encode(made));
    assertThat(read.created()).isEqualTo(now);
    assertThat(read.username()).isEqualTo("me");
    assertThat(read.hostname()).isEqualTo("here");
    assertThat(read.open("päss ✓ 🔑".toCharArray()).orElseThrow().encrypt())
        .isEqualTo(key.encrypt());
    assertThat(read.open("päss ✓ 🔒".toCharArray())).isEmpty();
  }

  @Test
  @DisplayName("tolerates unknown fields, null and any order")
  void tolerant() {
    String odd =
        STORED
            .replace("{\"created\"", "{\"new\":{\"a\":[1,{}]},\"created\"")
            .replace("\"username\":\"u\"", "\"username\":null");
    KeyFile file = KeyFileCodec.decode(odd.getBytes(StandardCharsets.UTF_8));
    assertThat(file.username()).isEmpty();
    assertThat(file.open("pässword".toCharArray())).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "'\"kdf\":\"scrypt\"', '\"kdf\":\"argon2\"', argon2",
    "'\"N\":1024', '\"N\":1023', N=1023",
    "'\"N\":1024', '\"N\":0', N=0",
    "'\"N\":1024', '\"N\":1073741824', too much",
    "'\"r\":8', '\"r\":1073741824', too much",
    "'\"p\":1', '\"p\":16777216', too much",
    "'\"p\":1', '\"p\":99999999999', not the JSON",
    "'\"salt\":\"AAEC', '\"salt\":\"', salt has 61",
    "'{\"created\"', '[\"created\"', not the JSON",
  })
  @DisplayName("that nobody could open is refused with the reason, before memory is given to it")
  void refused(String part, String bad, String reason) {
    assertThat(STORED).contains(part);
    byte[] stored = STORED.replace(part, bad).getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> KeyFileCodec.decode(stored))
        .isInstanceOf(MalformedKeyException.class)
        .hasMessageContaining(reason);
  }

  @Test
  @DisplayName("is not made for an empty password")
  void emptyPassword() {
    SecureRandom random = new SecureRandom();
    assertThatThrownBy(
            () ->
                KeyFile.create(
                    MasterKey.generate(random),
                    new char[0],
                    KdfCost.LOWEST,
                    GoTime.ZERO,
                    "u",
                    "h",
                    random))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
