package io.cloudstic.restic.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The JSON of a snapshot")
class SnapshotCodecTest {
  private static final String A = "aa".repeat(32);
  private static final String B = "bb".repeat(32);
  private static final String C = "cc".repeat(32);
  private static final String SUMMARY =
      "'summary':{'backup_start':'2024-05-01T09:59:00+02:00','backup_end':'2024-05-01T10:00:00.25+02:00',"
          + "'files_new':1,'files_changed':2,'files_unmodified':3,'dirs_new':4,'dirs_changed':5,"
          + "'dirs_unmodified':6,'data_blobs':7,'tree_blobs':8,'data_added':9,'data_added_packed':10,"
          + "'total_files_processed':11,'total_bytes_processed':12}";
  private static final String FULL =
      ("{'time':'2024-05-01T10:00:00.5+02:00','parent':'" + A + "','tree':'" + B + "',")
          + "'paths':['/a','/ü'],'hostname':'h','username':'u','uid':1000,'gid':4294967295,"
          + ("'excludes':['*.tmp'],'tags':['x','y'],'original':'" + C + "',")
          + "'program_version':'restic 0.18.0',"
          + SUMMARY
          + "}";

  @Test
  @DisplayName("with every field is read and written back byte for byte")
  void full() throws IOException {
    Snapshot snapshot = decode(FULL);
    assertThat(encode(snapshot)).isEqualTo(json(FULL));
    assertThat(snapshot.time()).isEqualTo(OffsetDateTime.parse("2024-05-01T10:00:00.5+02:00"));
    assertThat(snapshot.parent()).contains(Id.parse(A));
    assertThat(snapshot.tree()).isEqualTo(Id.parse(B));
    assertThat(snapshot.paths()).containsExactly("/a", "/ü");
    assertThat(snapshot.gid()).isEqualTo(4294967295L);
    assertThat(snapshot.original()).contains(Id.parse(C));
    assertThat(snapshot.summary().orElseThrow().totalBytesProcessed()).isEqualTo(12);
    assertThat(encode(snapshot.toBuilder().build())).isEqualTo(json(FULL));
    assertThatThrownBy(snapshot::id).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("leaves out what is empty but time, tree and paths")
  void smallest() {
    Snapshot snapshot = Snapshot.builder().time(GoTime.ZERO).tree(Id.parse(B)).build();
    assertThat(encode(snapshot))
        .isEqualTo(json("{'time':'0001-01-01T00:00:00Z','tree':'" + B + "','paths':[]}"));
  }

  @Test
  @DisplayName("escapes as Go does")
  void escapes() throws IOException {
    Snapshot snapshot =
        Snapshot.builder()
            .time(GoTime.ZERO)
            .tree(Id.parse(B))
            .paths(List.of("<a> & \"b\" \\ /\n\r\t\u001f\u007f\u2028\u2029 é 😀 \ud800"))
            .build();
    String expected =
        "\"\\u003ca\\u003e \\u0026 \\\"b\\\" \\\\ /\\n\\r\\t\\u001f\u007f\\u2028\\u2029 é 😀 \ufffd\"";
    assertThat(encode(snapshot)).contains("\"paths\":[" + expected + "]");
    assertThat(decodeRaw(encode(snapshot)).paths().get(0)).startsWith("<a> & \"b\"");
  }

  @Test
  @DisplayName("keeps fields of other programs and our own field")
  void unknownFields() throws IOException {
    String rustic =
        ("{'time':'2024-05-01T10:00:00Z','tree':'" + B + "','paths':[],'summary':{")
            + "'backup_start':'2024-05-01T10:00:00Z','backup_end':'2024-05-01T10:00:00Z','files_new':0,"
            + "'files_changed':0,'files_unmodified':0,'dirs_new':0,'dirs_changed':0,"
            + "'dirs_unmodified':0,'data_blobs':0,'tree_blobs':0,'data_added':0,"
            + "'data_added_packed':0,'total_files_processed':0,'total_bytes_processed':0,"
            + "'command':'rustic backup'},'label':'x','delete':'NotSet','parents':['"
            + A
            + "']}";
    assertThat(encode(decode(rustic))).isEqualTo(json(rustic));

    ObjectNode ours = JsonNodeFactory.instance.objectNode();
    ours.put("delta_link", "https://graph.example/delta?a=1&b=<2>").put("version", 1);
    Snapshot snapshot = decode(rustic).toBuilder().cloudstic(ours).build();
    assertThat(encode(snapshot))
        .endsWith(
            ",\"cloudstic\":{\"delta_link\":\"https://graph.example/delta?a=1\\u0026b=\\u003c2\\u003e\","
                + "\"version\":1}}");
    assertThat(decodeRaw(encode(snapshot)).cloudstic()).contains(ours);
    assertThat(decode(rustic).cloudstic()).isEmpty();
  }

  @Test
  @DisplayName("may hold null for anything")
  void nulls() throws IOException {
    Snapshot snapshot =
        decode(
            "{'time':null,'parent':null,'tree':'"
                + B
                + "','paths':null,'tags':null,'hostname':null,'uid':null,'summary':null}");
    assertThat(snapshot.time()).isEqualTo(GoTime.ZERO);
    assertThat(snapshot.paths()).isEmpty();
    assertThat(snapshot.summary()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'time':'2024-05-01T10:00:00Z','paths':[]}",
        "{'time':'yesterday','tree':'BBB'}",
        "{'time':'2024-05-01T10:00:00Z','tree':'xyz'}",
        "{'time':'2024-05-01T10:00:00Z','tree':'BBB','paths':'a'}",
        "{'time':'2024-05-01T10:00:00Z','tree':'BBB'",
      })
  @DisplayName("that is none is refused")
  void refused(String text) {
    assertThatThrownBy(() -> decode(text.replace("BBB", B))).isInstanceOf(IOException.class);
  }

  private static String encode(Snapshot snapshot) {
    return new String(SnapshotCodec.encode(snapshot), StandardCharsets.UTF_8);
  }

  private static Snapshot decode(String text) throws IOException {
    return decodeRaw(json(text));
  }

  private static Snapshot decodeRaw(String text) throws IOException {
    return SnapshotCodec.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
