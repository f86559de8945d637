package io.cloudstic.restic.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.cloudstic.restic.Id;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("zstd outside of the heap")
class OffHeapZstdTest {
  private static final int PIECE = 256 << 10;

  private final OffHeapZstd zstd = new OffHeapZstd();
  private final MessageDigest digest = Id.sha256();

  @AfterEach
  void close() {
    zstd.close();
  }

  private byte[] compressed(byte[] plain) {
    byte[] frame = new byte[(int) Zstd.compressBound(plain.length)];
    byte[] shifted = new byte[plain.length + 7];
    System.arraycopy(plain, 0, shifted, 7, plain.length);
    return Arrays.copyOf(frame, zstd.compress(shifted, 7, plain.length, frame));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255, 256, PIECE - 1, PIECE, PIECE + 1, 5 * PIECE, 8 << 20})
  @DisplayName("makes one frame with its content size, whatever the content")
  void frames(int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    for (byte[] plain : new byte[][] {new byte[size], noise}) {
      byte[] frame = compressed(plain);
      assertThat(Zstd.getFrameContentSize(frame, 0, frame.length, false)).isEqualTo(size);
      byte[] back = new byte[size];
      assertThat(Zstd.decompressByteArray(back, 0, size, frame, 0, frame.length)).isEqualTo(size);
      assertThat(back).isEqualTo(plain);
      assertThat(zstd.decompress(frame, frame.length, size, digest)).isEqualTo(size);
      assertThat(Id.of(digest.digest(), 0)).isEqualTo(Id.hash(plain));
    }
  }

  @Test
  @DisplayName("works on after a frame that was cut, spoiled or too long")
  void damaged() {
    byte[] plain = new byte[3 * PIECE];
    new Random(1).nextBytes(plain);
    byte[] frame = compressed(plain);
    assertThatThrownBy(() -> zstd.decompress(frame, frame.length - 1, plain.length, digest))
        .isInstanceOf(ZstdException.class);
    byte[] spoiled = frame.clone();
    spoiled[0] ^= 1;
    assertThatThrownBy(() -> zstd.decompress(spoiled, spoiled.length, plain.length, digest))
        .isInstanceOf(ZstdException.class);
    assertThatThrownBy(() -> zstd.decompress(frame, frame.length, PIECE, digest))
        .isInstanceOf(ZstdException.class);
    assertThat(zstd.decompress(frame, frame.length, plain.length, digest)).isEqualTo(plain.length);
  }
}
