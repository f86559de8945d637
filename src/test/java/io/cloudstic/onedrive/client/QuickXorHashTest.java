package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("quickXorHash")
class QuickXorHashTest {

  // Published vectors: rclone, backend/onedrive/quickxorhash/quickxorhash_test.go (MIT licence).
  @ParameterizedTest
  @CsvSource({
    "'',AAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "'Sg==',SgAAAAAAAAAAAAAAAQAAAAAAAAA=",
    "'tbQ=',taAFAAAAAAAAAAAAAgAAAAAAAAA=",
    "'0pZP',0rDEEwAAAAAAAAAAAwAAAAAAAAA=",
    "'/aNzzCFPS/A=',/RjFHJgRgicsAR4ACAAAAAAAAAA=",
    "'XoJ1AsoR4fDYJrDqYs4=',XhBEHQSgjAiEAx7YPgEs1CEGZwA=",
    "'gQaybEqS/4UlDc8e4IJm',gDCALNigBEn8oxAlZ8AzPAAOQZg=",
    "'2fuxhBJXtpWFe8dOfdGeHw==',O9tHLAghgSvYohKFyMMxnNCHaHg=",
    "'T6LYJIfDh81JrAK309H2JMJTXis=',zBTHrspn3mEcohlJdIUAbjGNaNg=",
    "'DWAAX5/CIfrmErgZa8ot6ZraeSbu',LR2Z0PjuRYGKQB/mhQAuMrAGZbQ=",
    "'NbYXsp5/K6mR+NmHwExjvWeWDJFnXTKWVlzYHoesp2E=',wjuAuWDiq04qDt1R8hHWDDcwVoQ=",
    "'Mb7EGva2rEE5fENDL85P+BsapHEEjv2/siVhKjvAQe02feExVOQSkfmuYzU/kTF1MaKjPmKF/w+cbvwfdWL8aQ==',n1anP5NfvD4XDYWIeRPW3ZkPv1Y="
  })
  @DisplayName("equals the published vectors")
  void publishedVectors(String input, String expected) {
    byte[] bytes = Base64.getDecoder().decode(input);
    for (int step = 1; step <= bytes.length + 1; step++) {
      assertThat(hash(bytes, step)).as("in steps of " + step).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("of longer inputs wraps around, adds the length, and does not depend on the steps")
  void longerInputs() {
    assertAllSteps(
        "hello world".getBytes(StandardCharsets.US_ASCII), "aCgDG9jwBhDc4Q1yawMZAAAAAAA=");
    assertAllSteps(new byte[160], "AAAAAAAAAAAAAAAAoAAAAAAAAAA=");
    assertAllSteps(counting(160, 256), "/+EGLlnQi0dVs5OErXWhEnz5wg4=");
    assertAllSteps(counting(161, 256), "X+EGLlnQi0dVs5OErHWhEnz5wg4=");
    byte[] ones = new byte[65537];
    Arrays.fill(ones, (byte) 0xff);
    assertAllSteps(ones, "SlKSkpSkJCUpSUlKU2pUq1rVqlY=");
    assertAllSteps(counting(1048576, 251), "pVcWCkWK/HTa4DMyE2B1A1Y9XyM=");
    assertAllSteps(counting(1048577, 251), "pVcWCkWK/HTa4DMyh2B1A1Y9XyM=");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("equals the bit-by-bit definition on random input in random steps")
  void definition(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[1 + random.nextInt(5000)];
    random.nextBytes(bytes);
    QuickXorHash hash = new QuickXorHash();
    for (int at = 0; at < bytes.length; ) {
      int step = Math.min(bytes.length - at, random.nextInt(400));
      hash.update(bytes, at, step);
      at += step;
    }
    assertThat(hash.digest()).as("seed " + seed).isEqualTo(bitByBit(bytes));
  }

  private static byte[] bitByBit(byte[] bytes) {
    byte[] state = new byte[20];
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        if ((bytes[i] >> bit & 1) == 1) {
          int place = (int) ((i * 11L + bit) % 160);
          state[place / 8] ^= (byte) (1 << place % 8);
        }
      }
    }
    for (int i = 0; i < 8; i++) {
      state[12 + i] ^= (byte) ((long) bytes.length >>> 8 * i);
    }
    return state;
  }

  private static void assertAllSteps(byte[] bytes, String expected) {
    for (int step : new int[] {7, 159, 160, 161, 1000, 65536, 1 << 20, bytes.length}) {
      assertThat(hash(bytes, step)).as("in steps of " + step).isEqualTo(expected);
    }
  }

  private static byte[] counting(int length, int modulus) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % modulus);
    }
    return bytes;
  }

  private static String hash(byte[] bytes, int step) {
    QuickXorHash hash = new QuickXorHash();
    for (int at = 0; at < bytes.length; at += step) {
      hash.update(bytes, at, Math.min(step, bytes.length - at));
    }
    return Base64.getEncoder().encodeToString(hash.digest());
  }
}
