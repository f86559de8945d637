package io.cloudstic.restic.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.restic.Id;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("FastCDC")
class FastCdcTest {
  private static final long POLYNOMIAL = 0x3da3358b4dc173L;
  private static final int MIB = 1 << 20;

  private final BufferPool buffers = new BufferPool(64 * MIB);
  private final FastCdc cdc = new FastCdc(POLYNOMIAL, buffers);

  @Test
  @DisplayName("derives the gear table as documented")
  void gearTable() throws Exception {
    long[] gear = GearTable.of(POLYNOMIAL);
    // printf 'cloudstic fastcdc gear v1\0' | openssl dgst -sha256 -mac HMAC
    //   -macopt hexkey:003da3358b4dc173
    byte[] first =
        HexFormat.of().parseHex("4355cbe69edb7341601a873ed1b25b5a02a0713088263be450242f100783ca58");
    assertThat(ByteBuffer.wrap(first).asLongBuffer().get(0)).isEqualTo(gear[0]);
    assertThat(ByteBuffer.wrap(first).asLongBuffer().get(3)).isEqualTo(gear[3]);
    assertThat(gear).hasSize(256).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("makes the same cuts for ever")
  void vectors() {
    assertThat(lengths(cdc, content("fastcdc-vector", 32 * MIB))).containsExactly(VECTOR);
    assertThat(lengths(new FastCdc(POLYNOMIAL + 2, buffers), content("fastcdc-vector", 8 * MIB)))
        .containsExactly(OTHER);
  }

  @Test
  @DisplayName("agrees with the rules written out plainly, however the bytes arrive")
  void anyReads() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] content = content("reads", 9 * MIB + random.nextInt(MIB));
    Arrays.fill(content, 2 * MIB, 2 * MIB + random.nextInt(2 * MIB), (byte) 7);
    List<Integer> expected = plainly(content);
    for (int round = 0; round < 5; round++) {
      int most = 1 << (4 + random.nextInt(18));
      InputStream inPieces =
          new ByteArrayInputStream(content) {
            @Override
            public int read(byte[] b, int off, int len) {
              return super.read(b, off, Math.min(len, 1 + random.nextInt(most)));
            }
          };
      assertThat(lengths(cdc.cut(inPieces))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  @DisplayName("keeps the sizes between the minimum and the maximum, and near the normal size")
  void sizes() {
    List<Integer> random = lengths(cdc, content("sizes", 64 * MIB));
    assertThat(random.subList(0, random.size() - 1))
        .allSatisfy(n -> assertThat(n).isBetween(FastCdc.MIN, FastCdc.MAX));
    assertThat(64 * MIB / random.size()).isBetween(900 * 1024, 1500 * 1024);
    assertThat(lengths(cdc, new byte[20 * MIB])).containsExactly(FastCdc.MAX, FastCdc.MAX, 4 * MIB);
  }

  @Test
  @DisplayName("finds the old cuts again behind an insertion")
  void insertion() {
    byte[] content = content("insertion", 16 * MIB);
    byte[] edited = new byte[content.length + 5];
    System.arraycopy(content, 0, edited, 0, 4 * MIB);
    System.arraycopy(content, 4 * MIB, edited, 4 * MIB + 5, 12 * MIB);
    List<Id> before = ids(content);
    List<Id> after = ids(edited);
    List<Id> lost = new ArrayList<>(before);
    lost.removeAll(after);
    assertThat(lost).hasSizeBetween(1, 2);
  }

  @Test
  @DisplayName("makes one chunk of a small file and none of an empty one")
  void small() {
    assertThat(lengths(cdc, new byte[0])).isEmpty();
    assertThat(lengths(cdc, new byte[1])).containsExactly(1);
    assertThat(lengths(cdc, content("a", FastCdc.MIN))).containsExactly(FastCdc.MIN);
  }

  @Test
  @DisplayName("hands out a failure of the stream and closes it, without a last short chunk")
  void failure() {
    AtomicInteger closed = new AtomicInteger();
    byte[] content = content("failure", 3 * MIB);
    InputStream failing =
        new ByteArrayInputStream(content) {
          @Override
          public int read(byte[] b, int off, int len) {
            if (pos + len > content.length) {
              throw new UncheckedIOException(new IOException("the line went dead"));
            }
            return super.read(b, off, len);
          }

          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    Chunks chunks = cdc.cut(failing);
    assertThatThrownBy(() -> lengths(chunks)).hasMessageContaining("the line went dead");
    assertThat(closed).hasValue(1);
    assertThat(chunks.hasNext()).isFalse();
  }

  @Test
  @DisplayName("closes the stream at the end and lets a failure to close be seen there only")
  void closing() {
    InputStream wrongAtClose =
        new ByteArrayInputStream(new byte[10]) {
          @Override
          public void close() throws IOException {
            throw new IOException("the hash is wrong");
          }
        };
    Chunks chunks = cdc.cut(wrongAtClose);
    chunks.next().release();
    assertThatThrownBy(chunks::hasNext).hasRootCauseMessage("the hash is wrong");
    Chunks givenUp = cdc.cut(wrongAtClose);
    givenUp.close();
    assertThat(givenUp.hasNext()).isFalse();
  }

  @Test
  @DisplayName("reuses released buffers and lives without those that never come back")
  void pooled() {
    Chunks chunks = cdc.cut(new ByteArrayInputStream(content("pool", 64 * MIB)));
    while (chunks.hasNext()) {
      chunks.next().release();
    }
    assertThat(buffers.idleBytes()).isBetween(1L, 20L * MIB);
    Chunks leaking =
        new FastCdc(POLYNOMIAL, new BufferPool(0))
            .cut(new ByteArrayInputStream(content("pool", 8 * MIB)));
    while (leaking.hasNext()) {
      leaking.next();
    }
  }

  @Test
  @DisplayName("refuses access to a chunk that was released")
  void released() {
    Chunk chunk = cdc.cut(new ByteArrayInputStream(new byte[] {1, 2, 3})).next();
    Id id = chunk.id();
    assertThat(chunk.bytes()).containsExactly(1, 2, 3);
    chunk.release();
    chunk.release();
    assertThat(chunk.id()).isEqualTo(id).isEqualTo(Id.hash(new byte[] {1, 2, 3}));
    assertThatThrownBy(chunk::buffer).isInstanceOf(IllegalStateException.class);
  }

  /** The rules of the class comment, one byte at a time over the whole content. */
  private static List<Integer> plainly(byte[] content) {
    long[] gear = GearTable.of(POLYNOMIAL);
    List<Integer> lengths = new ArrayList<>();
    long h = 0;
    int n = 0;
    for (byte b : content) {
      n++;
      if (n > 512 * 1024) {
        h = 2 * h + gear[b & 0xff];
        long zeros = Long.numberOfLeadingZeros(h);
        if (n <= 1024 * 1024 && zeros >= 22 || n > 1024 * 1024 && zeros >= 18 || n == 8 * MIB) {
          lengths.add(n);
          n = 0;
          h = 0;
        }
      }
    }
    if (n > 0) {
      lengths.add(n);
    }
    return lengths;
  }

  private static List<Integer> lengths(FastCdc cdc, byte[] content) {
    return lengths(cdc.cut(new ByteArrayInputStream(content)));
  }

  private static List<Integer> lengths(Chunks chunks) {
    List<Integer> lengths = new ArrayList<>();
    while (chunks.hasNext()) {
      Chunk chunk = chunks.next();
      lengths.add(chunk.length());
      chunk.release();
    }
    return lengths;
  }

  private List<Id> ids(byte[] content) {
    List<Id> ids = new ArrayList<>();
    cdc.cut(new ByteArrayInputStream(content)).forEachRemaining(chunk -> ids.add(chunk.id()));
    return ids;
  }

  /** SHA-256(tag || counter as 8 bytes big endian), counter 0, 1, …, cut to length. */
  private static byte[] content(String tag, int length) {
    byte[] content = new byte[length];
    MessageDigest sha = Id.sha256();
    byte[] name = tag.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < length; at += Id.LENGTH) {
      sha.update(name);
      byte[] block = sha.digest(ByteBuffer.allocate(8).putLong(at / Id.LENGTH).array());
      System.arraycopy(block, 0, content, at, Math.min(Id.LENGTH, length - at));
    }
    return content;
  }

  private static final Integer[] VECTOR = {
    1448286, 1052100, 1118324, 1132771, 1182224, 1320781, 1221531, 1187213, 1123102, 1660037,
    1054255, 1269127, 1413229, 1764495, 1257487, 1108231, 1907786, 1207383, 1534011, 601928,
    1200103, 1084094, 1411946, 1593183, 1093038, 1118866, 488901
  };
  private static final Integer[] OTHER = {
    1399622, 1105949, 1233475, 1051513, 1273665, 1052208, 1272176
  };
}
