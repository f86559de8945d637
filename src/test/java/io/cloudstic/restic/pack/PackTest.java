package io.cloudstic.restic.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.Envelope;
import io.cloudstic.restic.crypto.MasterKey;
import io.cloudstic.restic.file.Compression;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.store.MemoryStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pack")
class PackTest {
  /** Made with an independent implementation and opened by restic 0.14.0 and 0.18.0. */
  private static final String PACK =
      "b0b1b2b3b4b5b6b7b8b9babbbcbdbebf08686bcfd6b80d35d90b5c82b41ab2b3094fe99019fdc0c1c2c3c4c5c6c7"
          + "c8c9cacbcccdcecfff777ac2665fb5400515c9d0ce83d393f89a2523b263030f8811994d9241932d8dd0d1"
          + "d2d3d4d5d6d7d8d9dadbdcdddedf72452bc60150577039352eb8a30ea46548098bdf2574e4bb678c3831c2"
          + "741c8bb4c23c167507752554fe278d1dfe6c2e705ea6f1ea91dd0d0d64f6dcd7c2ebf5df236210cffb22f1"
          + "a550eb318724224b9a693d9e2429039ffb2b3ec297276e000000";

  private static final Id HELLO =
      Id.parse("5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
  private static final Id LETTERS =
      Id.parse("ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
  private static final String HEADER = "0026000000" + HELLO + "023100000040000000" + LETTERS;

  private final SecureRandom random = new SecureRandom();
  private final Envelope envelope = new Envelope(countingKey(), random);

  @Test
  @DisplayName("made elsewhere is read: header, offsets and every blob")
  void vector() throws IOException {
    byte[] bytes = HexFormat.of().parseHex(PACK);
    Id id = Id.parse("1aeddd1d6ef0118263c2e02a42fa5945df50807d1914ca0f9aa46e2b05c17086");
    assertThat(Id.hash(bytes)).isEqualTo(id);
    List<PackedBlob> expected =
        List.of(
            new PackedBlob(BlobType.DATA, HELLO, 0, 38, 0),
            new PackedBlob(BlobType.DATA, LETTERS, 38, 49, 64));
    MemoryStore store = new MemoryStore();
    store.put(FileKind.PACK.key(id), bytes);
    assertThat(PackTail.read(store, id, bytes.length, envelope)).isEqualTo(expected);
    assertThat(HexFormat.of().formatHex(PackHeader.encode(expected))).isEqualTo(HEADER);
    assertThat(PackHeader.packSize(expected)).isEqualTo(bytes.length);
    BlobDecoder decoder = new BlobDecoder(envelope);
    assertThat(decoder.decode(expected.get(0), bytes, 0)).asString().isEqualTo("hello\n");
    assertThat(decoder.decode(expected.get(1), bytes, 38)).asString().isEqualTo("a".repeat(64));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 3000})
  @DisplayName("that was built tells its blobs, in one request when they are few")
  void buildAndRead(int count) throws IOException {
    PackBuilder builder = new PackBuilder(BlobType.TREE, 10);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] plain = ("content " + i).repeat(1 + i % 7).getBytes(StandardCharsets.UTF_8);
      contents.add(plain);
      boolean compress = i % 2 == 0;
      byte[] sealed = envelope.seal(compress ? Compression.compress(plain) : plain);
      byte[] shifted = new byte[sealed.length + 9];
      System.arraycopy(sealed, 0, shifted, 4, sealed.length);
      builder.add(Id.hash(plain), shifted, 4, sealed.length, compress ? plain.length : 0);
    }
    FinishedPack pack = builder.finish(envelope);
    assertThat(builder.isEmpty()).isTrue();
    assertThat(Id.hash(pack.bytes())).isEqualTo(pack.id());
    CountingStore store = new CountingStore();
    store.put(FileKind.PACK.key(pack.id()), pack.bytes());
    assertThat(PackTail.read(store, pack.id(), pack.bytes().length, envelope))
        .isEqualTo(pack.blobs());
    assertThat(store.requests).isEqualTo(count <= 15 ? 1 : 2);
    for (int i = 0; i < count; i++) {
      PackedBlob blob = pack.blobs().get(i);
      assertThat(new BlobDecoder(envelope).decode(blob, pack.bytes(), (int) blob.offset()))
          .isEqualTo(contents.get(i));
    }
    byte[] sealed = pack.bytes().clone();
    byte[] scratch = new byte[1000];
    for (int i = 0; i < count; i++) {
      PackedBlob blob = pack.blobs().get(i);
      PlainBlob plain =
          new BlobDecoder(envelope).decodeInPlace(blob, sealed, (int) blob.offset(), scratch);
      int end = plain.offset() + plain.length();
      assertThat(Arrays.copyOfRange(plain.bytes(), plain.offset(), end)).isEqualTo(contents.get(i));
    }
  }

  @Test
  @DisplayName("damaged anywhere in its tail, cut or of another length is refused")
  void damagedTail() {
    byte[] bytes = HexFormat.of().parseHex(PACK);
    for (int at = 87; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x40;
      assertRefused(changed);
    }
    assertRefused(Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused(Arrays.copyOf(bytes, 10));
    assertRefused(Arrays.copyOfRange(bytes, 1, bytes.length));
  }

  private void assertRefused(byte[] bytes) {
    MemoryStore store = new MemoryStore();
    Id id = Id.hash(bytes);
    store.put(FileKind.PACK.key(id), bytes);
    assertThatThrownBy(() -> PackTail.read(store, id, bytes.length, envelope))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining(id.hex());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0426000000", // a type that does not exist
        "ff26000000",
        "001f000000", // too short for an envelope
        "022600000000000000", // compressed, but of no bytes
      })
  @DisplayName("with an impossible header entry is refused")
  void impossibleEntry(String start) {
    byte[] header = HexFormat.of().parseHex(start + HELLO);
    assertThatThrownBy(() -> PackHeader.decode(header)).isInstanceOf(IOException.class);
    byte[] cut = Arrays.copyOf(HexFormat.of().parseHex(HEADER), 40);
    assertThatThrownBy(() -> PackHeader.decode(cut)).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("holds a blob of unsigned 32 bits length in its header")
  void unsigned() throws IOException {
    List<PackedBlob> blobs =
        List.of(
            new PackedBlob(BlobType.TREE, HELLO, 0, 0xfffffff0L, 0xffffffffL),
            new PackedBlob(BlobType.DATA, LETTERS, 0xfffffff0L - 64, 64, 0));
    List<PackedBlob> large = PackHeader.decode(PackHeader.encode(blobs.subList(0, 1)));
    assertThat(large).isEqualTo(blobs.subList(0, 1));
    assertThatThrownBy(() -> new PackedBlob(BlobType.DATA, HELLO, 0xfffffff0L, 64, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("takes no more blobs than restic reads back")
  void headerLimit() {
    PackBuilder builder = new PackBuilder(BlobType.DATA, 16 << 20);
    byte[] sealed = new byte[32];
    int count = 0;
    for (; builder.fits(32); count++) {
      builder.add(HELLO, sealed, 0, 32, 1);
    }
    assertThat(count).isEqualTo(409_199);
    assertThatThrownBy(() -> builder.add(HELLO, sealed, 0, 32, 1))
        .isInstanceOf(IllegalStateException.class);
    FinishedPack pack = builder.finish(envelope);
    assertThat(pack.bytes().length).isEqualTo(PackHeader.packSize(pack.blobs()));
    assertThatThrownBy(() -> builder.finish(envelope)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("gives no blob that is not what its id says")
  void wrongContent() {
    byte[] plain = new byte[100];
    new Random(1).nextBytes(plain);
    byte[] sealed = envelope.seal(plain);
    PackedBlob swapped = new PackedBlob(BlobType.DATA, HELLO, 0, sealed.length, 0);
    BlobDecoder decoder = new BlobDecoder(envelope);
    assertThatThrownBy(() -> decoder.decode(swapped, sealed, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not match its id");
  }

  private static MasterKey countingKey() {
    byte[] bytes = new byte[MasterKey.LENGTH];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    return MasterKey.of(bytes);
  }

  private static final class CountingStore extends MemoryStore {
    private int requests;

    @Override
    public byte[] getRange(String key, long offset, int length) {
      requests++;
      return super.getRange(key, offset, length);
    }
  }
}
