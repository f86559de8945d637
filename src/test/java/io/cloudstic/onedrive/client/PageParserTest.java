package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Graph's answers")
class PageParserTest {
  private static final String FILE =
      """
      {"@odata.type":"#microsoft.graph.driveItem","id":"01A","name":"a\\uD83D b.txt","size":5000000000,
       "eTag":"\\"{1},7\\"","cTag":"\\"c:{1},3\\"","createdDateTime":"2020-01-01T00:00:00Z",
       "lastModifiedDateTime":"2020-01-02T00:00:00Z","photo":{"deep":[[{"x":[1,{}]}]]},
       "fileSystemInfo":{"lastModifiedDateTime":"2019-05-05T05:05:05.1234567Z"},
       "parentReference":{"driveId":"b!x","id":"01P","path":"/drive/root:"},
       "lastModifiedBy":{"application":{"displayName":"App"},
                         "user":{"displayName":"A B","email":"a@b.example","id":"9"}},
       "file":{"mimeType":"text/plain","hashes":{"quickXorHash":"q","sha1Hash":"S","sha256Hash":"T"}},
       "@microsoft.graph.downloadUrl":"https://storage.example/x?tempauth=y"}
      """;

  @Test
  @DisplayName("hold a file with all its facts")
  void file() throws Exception {
    DriveItem item = page("{\"value\":[" + FILE + "]}").items().get(0);
    assertThat(item.id()).isEqualTo("01A");
    assertThat(item.name()).isEqualTo("a\uD83D b.txt");
    assertThat(item.kind()).isEqualTo(ItemKind.FILE);
    assertThat(item.size()).isEqualTo(5_000_000_000L);
    assertThat(item.eTag()).isEqualTo("\"{1},7\"");
    assertThat(item.created()).isEqualTo("2020-01-01T00:00:00Z");
    assertThat(item.modified()).isEqualTo("2019-05-05T05:05:05.1234567Z");
    assertThat(item.parentId()).isEqualTo("01P");
    assertThat(item.driveId()).isEqualTo("b!x");
    assertThat(item.modifiedBy()).isEqualTo("a@b.example");
    assertThat(item.hashes().sha256()).isEqualTo("T");
    assertThat(item.downloadUrl()).endsWith("tempauth=y");
    assertThat(item.toString()).doesNotContain("tempauth");
    assertThat(item.childCount()).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"root\":{},\"folder\":{}|ROOT",
        "\"folder\":{\"childCount\":2}|FOLDER",
        "\"folder\":{},\"package\":{\"type\":\"oneNote\"}|FOLDER",
        "\"package\":{\"type\":\"oneNote\"}|PACKAGE",
        "\"package\":{},\"file\":{}|PACKAGE",
        "\"bundle\":{},\"folder\":{}|BUNDLE",
        "\"remoteItem\":{\"id\":\"r\",\"folder\":{}},\"folder\":{}|REMOTE",
        "\"remoteItem\":null,\"file\":{}|FILE",
        "\"file\":{\"hashes\":{}}|FILE",
        "\"size\":197|UNKNOWN",
        "\"folder\":null,\"file\":null|UNKNOWN"
      })
  @DisplayName("say what an item is by its facets, in a fixed order")
  void kinds(String facets, ItemKind kind) throws Exception {
    assertThat(page("{\"value\":[{\"id\":\"1\"," + facets + "}]}").items().get(0).kind())
        .isEqualTo(kind);
  }

  @Test
  @DisplayName("tell a tombstone by the presence of the facet alone")
  void tombstones() throws Exception {
    assertThat(item("\"deleted\":{}").deleted()).isTrue();
    assertThat(item("\"deleted\":{\"state\":\"softDeleted\"},\"file\":{}").deleted()).isTrue();
    assertThat(item("\"deleted\":null").deleted()).isFalse();
    assertThat(item("\"name\":\"x\"").deleted()).isFalse();
  }

  @Test
  @DisplayName("point with a shortcut to where the item really is")
  void shortcut() throws Exception {
    DriveItem item =
        item(
            "\"remoteItem\":{\"id\":\"D!1\",\"name\":\"n\",\"size\":7,\"file\":{\"mimeType\":\"a/b\"},"
                + "\"parentReference\":{\"driveId\":\"D\"}}");
    assertThat(item.remoteDriveId()).isEqualTo("D");
    assertThat(item.remoteItemId()).isEqualTo("D!1");
    assertThat(item.name()).isEqualTo("n");
    assertThat(item.size()).isEqualTo(7);
    assertThat(item.mimeType()).isEqualTo("a/b");
  }

  @Test
  @DisplayName("may lack everything, or have it with another type")
  void anythingGoes() throws Exception {
    DriveItem bare = item("\"x\":1");
    assertThat(bare.name()).isNull();
    assertThat(bare.size()).isEqualTo(-1);
    assertThat(bare.hashes()).isNotNull();
    DriveItem odd =
        item(
            "\"name\":[1],\"size\":\"12\",\"eTag\":{},\"parentReference\":null,\"file\":[],"
                + "\"fileSystemInfo\":\"x\",\"createdDateTime\":\"nonsense\",\"lastModifiedBy\":{}");
    assertThat(odd.name()).isNull();
    assertThat(odd.size()).isEqualTo(12);
    assertThat(odd.kind()).isEqualTo(ItemKind.FILE);
    assertThat(odd.created()).isNull();
    assertThat(page("{\"value\":[1,null,\"x\",[],{}]}").items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2020-01-02T03:04:05Z,2020-01-02T03:04:05Z",
    "2020-01-02T03:04:05.1Z,2020-01-02T03:04:05.100Z",
    "2020-01-02T03:04:05.123Z,2020-01-02T03:04:05.123Z",
    "2020-01-02T03:04:05.1234567Z,2020-01-02T03:04:05.123456700Z",
    "2020-01-02T03:04:05-08:00,2020-01-02T11:04:05Z",
    "2020-01-02T03:04:05,2020-01-02T03:04:05Z",
    "1601-01-01T00:00:00Z,1601-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z,9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00-08:00,",
    "0001-01-01T00:00:00Z,",
    "yesterday,",
    "'',",
  })
  @DisplayName("write times in many ways")
  void times(String text, Instant time) {
    assertThat(GraphTime.parse(text)).isEqualTo(time);
  }

  @Test
  @DisplayName("carry links as they are")
  void links() throws Exception {
    Page page = page("{\"value\":[],\"@odata.nextLink\":\"a b'(\",\"@odata.deltaLink\":\"\"}");
    assertThat(page.nextLink()).isEqualTo("a b'(");
    assertThat(page.deltaLink()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Sign in</body></html>",
        "[]",
        "null",
        "{}",
        "{\"value\":null}",
        "{\"error\":{\"code\":\"x\"}}",
        "{\"value\":[]} trailing",
      })
  @DisplayName("that are no pages are passing faults")
  void noPages(String body) {
    assertThatThrownBy(() -> page(body)).isInstanceOf(IOException.class);
  }

  @Test
  @DisplayName("cut anywhere are passing faults, which quote nothing")
  void cutAnywhere() {
    byte[] whole =
        ("{\"value\":[" + FILE + "],\"@odata.nextLink\":\"x\"}").getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      InputStream cut = new ByteArrayInputStream(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> PageParser.read(cut))
          .as("cut at " + length)
          .isInstanceOf(BadReplyException.class)
          .hasMessageNotContaining("tempauth")
          .hasNoCause();
    }
  }

  @Test
  @DisplayName("are bounded")
  void bounded() {
    String body = "{\"value\":[" + FILE + "]}";
    InputStream in =
        new LimitedInputStream(
            new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), body.length() - 10);
    assertThatThrownBy(() -> PageParser.read(in)).isInstanceOf(BadReplyException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\":{\"code\":\"resyncRequired\",\"innerError\":{\"code\":\"resyncApplyDifferences\"}}}|resyncapplydifferences",
        "{\"error\":{\"code\":\"invalidRange\",\"innererror\":{\"code\":\"fragmentOverlap\"}}}|invalidrange",
        "{\"error\":{\"innerError\":{\"code\":\"malwareDetected\"},\"code\":\"accessDenied\"}}|malwaredetected",
        "{\"error\":{\"code\":\"malwareDetected\",\"innerError\":{\"code\":\"virusSuspicious\"}}}|malwaredetected",
        "{\"error\":{\"code\":\"\",\"message\":\"ObjectHandle is Invalid\"}}|invalidresourceid",
        "{\"error\":{\"code\":\"unauthenticated\",\"message\":\"Unable to initialize RPS\"}}|rpsunavailable",
        "{\"error\":{\"code\":\"SomethingNew\"}}|somethingnew",
        "{\"error\":\"text\"}|''",
        "<html>|''",
        "''|''"
      })
  @DisplayName("name errors by the most specific code that is known")
  void errorCodes(String body, String code) {
    assertThat(
            GraphError.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))).code())
        .isEqualTo(code);
  }

  private static DriveItem item(String fields) throws IOException {
    return page("{\"value\":[{\"id\":\"1\"," + fields + "}]}").items().get(0);
  }

  private static Page page(String body) throws IOException {
    return PageParser.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
