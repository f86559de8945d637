package io.cloudstic.onedrive.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.onedrive.Hashes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a snapshot carries")
class SnapshotCodecsTest {
  private static final Instant TIME = Instant.parse("2024-05-06T07:08:09.1234567Z");

  @Test
  @DisplayName("of an item is read back as written")
  void itemFacts() {
    ItemFacts facts =
        new ItemFacts(
            "01ABC",
            "a/b",
            "\"{E},1\"",
            "c",
            new Hashes("q", null, "BB"),
            12,
            TIME,
            "text/plain",
            "ann@example.org",
            Mark.MISMATCH,
            true);
    assertThat(ItemFacts.fromJson(facts.toJson())).isEqualTo(facts);
    ItemFacts folder =
        new ItemFacts("1", null, null, null, Hashes.NONE, -1, null, null, null, null, false);
    assertThat(new String(folder.toJson(), StandardCharsets.UTF_8)).isEqualTo("{\"id\":\"1\"}");
  }

  @Test
  @DisplayName("of an item ignores unknown keys and foreign values")
  void foreignFacts() {
    assertThat(
            ItemFacts.fromJson("{\"id\":\"1\",\"zz\":[1]}".getBytes(StandardCharsets.UTF_8)).id())
        .isEqualTo("1");
    assertThat(ItemFacts.fromJson("{}".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(ItemFacts.fromJson("\0\1".getBytes(StandardCharsets.UTF_8))).isNull();
    assertThat(ItemFacts.fromJson(new byte[0])).isNull();
  }

  @Test
  @DisplayName("of an item never exceeds a kilobyte")
  void bounded() {
    ItemFacts facts =
        new ItemFacts(
            "01ABC",
            "n".repeat(300),
            "e",
            "c",
            Hashes.NONE,
            -1,
            TIME,
            "m".repeat(900),
            "w".repeat(900),
            Mark.HASH,
            false);
    assertThat(facts.toJson().length).isLessThanOrEqualTo(ItemFacts.MAX_BYTES);
    assertThat(ItemFacts.fromJson(facts.toJson()).givenName()).hasSize(300);
  }

  @Test
  @DisplayName("of its drive is read back as written")
  void lineage() throws Exception {
    Lineage lineage =
        new Lineage(
            "onedrive-changes",
            "acc",
            "b!D",
            "business",
            "01ROOT",
            "/",
            "01ROOT",
            "https://graph.microsoft.com/v1.0/x?token=a%2B",
            "f00",
            "r00",
            false,
            TIME,
            List.of(new LedgerEntry("01A", "a/b", "malware", true, 3, TIME)),
            1,
            List.of(new Shortcuts.Shortcut("01S", "b!E", "01T")));
    ObjectMapper json = new ObjectMapper();
    byte[] bytes = json.writeValueAsBytes(LineageJson.write(lineage));
    assertThat(LineageJson.read(json.readTree(bytes))).isEqualTo(lineage);
    assertThat(LineageJson.read(null)).isNull();
    assertThat(LineageJson.read(json.readTree("{\"version\":99}"))).isNull();
  }
}
