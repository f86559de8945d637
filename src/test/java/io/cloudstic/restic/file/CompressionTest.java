package io.cloudstic.restic.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A zstd frame")
class CompressionTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 255, 256, 100_000, 9 << 20})
  @DisplayName("gives back what was compressed, whether or not it states its size")
  void roundTrip(int length) throws IOException {
    byte[] plain = content(length);
    for (byte[] frame : new byte[][] {Compression.compress(plain), streamed(plain)}) {
      assertThat(Compression.decompress(frame, 0, frame.length, length)).isEqualTo(plain);
      assertThat(Compression.decompressUpTo(frame, 0, frame.length, length)).isEqualTo(plain);
      assertThatThrownBy(() -> Compression.decompress(frame, 0, frame.length, length + 1))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Compression.decompress(frame, 0, frame.length, length - 1))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Compression.decompressUpTo(frame, 0, frame.length, length - 1))
          .isInstanceOf(IOException.class);
      byte[] cut = Arrays.copyOf(frame, frame.length - 1);
      assertThatThrownBy(() -> Compression.decompress(cut, 0, cut.length, length))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> Compression.decompressUpTo(cut, 0, cut.length, length))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  @DisplayName("made by restic of 64 times the letter a is read")
  void vector() throws IOException {
    byte[] frame = HexFormat.of().parseHex("28b52ffd20404500001061610100930016");
    byte[] expected = new byte[64];
    Arrays.fill(expected, (byte) 'a');
    assertThat(Compression.decompress(frame, 0, frame.length, 64)).isEqualTo(expected);
  }

  @Test
  @DisplayName("that states an enormous size gets no memory for it")
  void enormous() {
    byte[] frame = HexFormat.of().parseHex("28b52ffdc058ffffffffffffff7f010000");
    assertThatThrownBy(() -> Compression.decompressUpTo(frame, 0, frame.length, 1000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("allowed are 1000");
    assertThatThrownBy(() -> Compression.decompress(frame, 0, frame.length, Integer.MAX_VALUE - 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected");
    assertThatThrownBy(() -> Compression.decompressUpTo(new byte[30], 0, 30, 1000))
        .isInstanceOf(IOException.class);
  }

  private static byte[] content(int length) {
    byte[] content = new byte[length];
    for (int i = 0; i < length; i++) {
      content[i] = (byte) (i * i >>> 7);
    }
    return content;
  }

  /** A frame without a stated size. */
  private static byte[] streamed(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdOutputStream zstd = new ZstdOutputStream(out)) {
      zstd.write(plain);
    }
    return out.toByteArray();
  }
}
