package io.cloudstic.simulator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The simulator's quickXorHash")
class QuickXorHashTest {
  @ParameterizedTest
  @CsvSource({
    // rclone, backend/onedrive/quickxorhash/quickxorhash_test.go
    "'',AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "Sg==,SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
    "tbQ=,taAFAAAAAAAAAAAAAgAAAAAAAAA=",
    "0pZP,0rDEEwAAAAAAAAAAAwAAAAAAAAA=",
    "/aNzzCFPS/A=,/RjFHJgRgicsAR4ACAAAAAAAAAA=",
    "XoJ1AsoR4fDYJrDqYs4=,XhBEHQSgjAiEAx7YPgEs1CEGZwA=",
    "2fuxhBJXtpWFe8dOfdGeHw==,O9tHLAghgSvYohKFyMMxnNCHaHg="
  })
  @DisplayName("equals published values")
  void published(String input, String expected) {
    assertThat(hash(Base64.getDecoder().decode(input), 1 << 20)).isEqualTo(expected);
  }

  @Test
  @DisplayName("does not depend on how the input is cut")
  void chunking() {
    byte[] text = "hello world".getBytes(StandardCharsets.US_ASCII);
    assertThat(hash(text, 1)).isEqualTo("aCgDG9jwBhDc4Q1yawMZAAAAAAA=");
    byte[] large = new byte[65_537];
    Arrays.fill(large, (byte) 0xff);
    assertThat(hash(large, 777)).isEqualTo("SlKSkpSkJCUpSUlKU2pUq1rVqlY=");
  }

  private static String hash(byte[] data, int step) {
    QuickXorHash hash = new QuickXorHash();
    for (int i = 0; i < data.length; i += step) {
      hash.update(data, i, Math.min(step, data.length - i));
    }
    return Base64.getEncoder().encodeToString(hash.digest());
  }
}
