package io.cloudstic.restic.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An index file")
class IndexFileTest {
  private static final String A = "aa".repeat(32);
  private static final String B = "bb".repeat(32);
  private static final String C = "cc".repeat(32);

  @Test
  @DisplayName("is written in restic's form and read back")
  void roundTrip() throws IOException {
    List<IndexedPack> packs =
        List.of(
            new IndexedPack(
                Id.parse(A),
                List.of(
                    new PackedBlob(BlobType.DATA, Id.parse(B), 0, 38, 0),
                    new PackedBlob(BlobType.TREE, Id.parse(C), 38, 0xfffffff0L - 38, 64))));
    String text =
        "{'packs':[{'id':'%s','blobs':[{'id':'%s','type':'data','offset':0,'length':38},"
                .formatted(A, B)
            + "{'id':'%s','type':'tree','offset':38,'length':4294967242,'uncompressed_length':64}]}]}"
                .formatted(C);
    assertThat(IndexFile.encode(packs)).asString().isEqualTo(text.replace('\'', '"'));
    assertThat(decode(text)).isEqualTo(packs);
    assertThat(IndexFile.encode(List.of())).asString().isEqualTo("{\"packs\":[]}");
  }

  @Test
  @DisplayName("of other programs and old versions is understood")
  void tolerant() throws IOException {
    assertThat(decode("{}")).isEmpty();
    assertThat(decode("{'packs':null,'supersedes':['" + A + "']}")).isEmpty();
    assertThat(decode("{'packs':[{'id':'" + A + "','blobs':null}]}"))
        .containsExactly(new IndexedPack(Id.parse(A), List.of()));
    String rustic =
        ("{'supersedes':null,'packs':[{'blobs':[{'x':[{}],'length':40,'offset':7,'type':'tree',"
                + "'id':'%s','uncompressed_length':null}],'time':'2024-01-01T00:00:00Z','size':9,"
                + "'id':'%s'}],'packs_to_delete':[{'id':'%s','blobs':[],"
                + "'time':'2024-01-01T00:00:00Z'}],'new':{'packs':[1]}}")
            .formatted(B, A, C);
    assertThat(decode(rustic))
        .containsExactly(
            new IndexedPack(
                Id.parse(A), List.of(new PackedBlob(BlobType.TREE, Id.parse(B), 7, 40, 0))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{'packs':[{}]}",
        "{'packs':[{'id':'12'}]}",
        "{'packs':[{'id':'AAA','blobs':[{'id':'BBB','type':'other','offset':0,'length':38}]}]}",
        "{'packs':[{'id':'AAA','blobs':[{'id':'BBB','type':'data','offset':0,'length':31}]}]}",
        "{'packs':[{'id':'AAA','blobs':[{'id':'BBB','type':'data','offset':-1,'length':38}]}]}",
        "{'packs':[{'id':'AAA','blobs':[{'type':'data','offset':0,'length':38}]}]}",
        "{'packs':[{'id':'AAA','blobs':[{'id':'BBB','type':'data','offset':0,'length':1e99}]}]}",
        "{'packs':[{'id':'AAA','blobs':[",
        "{'packs':[]",
      })
  @DisplayName("that is not one is refused")
  void refused(String text) {
    assertThatThrownBy(() -> decode(text.replace("AAA", A).replace("BBB", B)))
        .isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("of restic before 0.2 is refused with advice")
  void veryOld() {
    assertThatThrownBy(() -> decode("[{'id':'" + A + "','blobs':[]}]"))
        .isInstanceOf(OldIndexException.class)
        .hasMessageContaining("0.2");
  }

  private static List<IndexedPack> decode(String text) throws IOException {
    List<IndexedPack> packs = new ArrayList<>();
    IndexFile.decode(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8), packs::add);
    return packs;
  }
}
