package io.cloudstic.simulator.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Generated content")
class GeneratedContentTest {
  @Test
  @DisplayName("is the same from every offset and in every way of reading")
  void offsets() throws IOException {
    GeneratedContent content = new GeneratedContent(42, 1_003, false);
    byte[] all = read(content, 0);
    assertThat(all).hasSize(1_003);
    for (int offset : new int[] {1, 7, 8, 9, 64, 1_000, 1_003}) {
      assertThat(read(content, offset)).isEqualTo(Arrays.copyOfRange(all, offset, 1_003));
    }
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    try (InputStream in = content.open(3)) {
      for (int value = in.read(); value >= 0; value = in.read()) {
        single.write(value);
      }
    }
    assertThat(single.toByteArray()).isEqualTo(Arrays.copyOfRange(all, 3, 1_003));
  }

  @Test
  @DisplayName("compresses when it is text, and else does not")
  void compressibility() throws IOException {
    assertThat(deflated(true)).isLessThan(75_000);
    assertThat(deflated(false)).isGreaterThan(99_000);
  }

  private static int deflated(boolean text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(read(new GeneratedContent(1, 100_000, text), 0));
    }
    return out.size();
  }

  private static byte[] read(Content content, long offset) throws IOException {
    try (InputStream in = content.open(offset)) {
      return in.readAllBytes();
    }
  }
}
