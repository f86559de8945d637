package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCodecTest {
  private static final String TIMES =
      "\"mtime\":\"2024-01-02T03:04:05Z\",\"atime\":\"2024-01-02T03:04:05Z\",\"ctime\":\"2024-01-02T03:04:05Z\"";
  private static final Id SOME_ID = Id.hash(new byte[] {1});

  private static String text(byte[] blob) {
    return new String(blob, StandardCharsets.UTF_8);
  }

  private static Tree decode(String json) {
    return TreeDecoder.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Node only(String nodeJson) {
    return decode("{\"nodes\":[" + nodeJson + "]}\n").nodes().get(0);
  }

  private static Node.Builder plain(String name) {
    return Node.file(NodeName.of(name), List.of()).times(Instant.parse("2024-01-02T03:04:05Z"));
  }

  @Test
  void writes_an_empty_directory_as_restic_does() {
    assertThat(text(TreeEncoder.encode(List.of()))).isEqualTo("{\"nodes\":[]}\n");
  }

  @Test
  void writes_every_field_in_restics_order() {
    Node node =
        plain("n")
            .mode(FileMode.fromUnix(0104755))
            .owner(4294967295L, 7)
            .ownerNames("us<er", "gr\u2028oup")
            .inode(-1)
            .deviceId(65024)
            .size(3)
            .links(2)
            .linkTarget(new byte[] {'a', (byte) 0xff, '"'})
            .extendedAttributes(
                List.of(
                    new ExtendedAttribute("user.b", new byte[] {1, 2}),
                    new ExtendedAttribute("user.a", new byte[0])))
            .genericAttributes(Map.of("z", "{ \"a\" : [1, \"x <\\\" y\"] }", "b", "7"))
            .device(9)
            .content(List.of(SOME_ID, SOME_ID))
            .subtree(SOME_ID)
            .error("bad\u0001\ud800")
            .build();
    String json = text(TreeEncoder.encode(List.of(node)));
    assertThat(json)
        .isEqualTo(
            "{\"nodes\":[{\"name\":\"n\",\"type\":\"file\",\"mode\":8389101,"
                + TIMES
                + ",\"uid\":4294967295,\"gid\":7,\"user\":\"us\\u003cer\",\"group\":\"gr\\u2028oup\""
                + ",\"inode\":18446744073709551615,\"device_id\":65024,\"size\":3,\"links\":2"
                + ",\"linktarget\":\"a\\ufffd\\\"\",\"linktarget_raw\":\"Yf8i\""
                + ",\"extended_attributes\":[{\"name\":\"user.b\",\"value\":\"AQI=\"},{\"name\":\"user.a\",\"value\":\"\"}]"
                + ",\"generic_attributes\":{\"b\":7,\"z\":{\"a\":[1,\"x \\u003c\\\" y\"]}}"
                + ",\"device\":9,\"content\":[\"SOME\",\"SOME\"],\"subtree\":\"SOME\""
                    .replace("SOME", SOME_ID.hex())
                + ",\"error\":\"bad\\u0001\ufffd\"}]}\n");
    assertThat(text(TreeEncoder.encode(decode(json).nodes()))).isEqualTo(json);
    assertThat(decode(json).unknownFields()).isEmpty();
  }

  @Test
  void leaves_out_what_is_empty_but_never_the_content() {
    assertThat(
            text(
                TreeEncoder.encode(
                    List.of(
                        Node.builder(NodeName.of("l"), NodeType.FIFO).build(),
                        Node.file(NodeName.of("e"), List.of()).build()))))
        .isEqualTo(
            "{\"nodes\":[{\"name\":\"e\",\"type\":\"file\",ZERO,\"uid\":0,\"gid\":0,\"content\":[]},{\"name\":\"l\",\"type\":\"fifo\",ZERO,\"uid\":0,\"gid\":0,\"content\":null}]}\n"
                .replace(
                    "ZERO",
                    "\"mtime\":\"0001-01-01T00:00:00Z\",\"atime\":\"0001-01-01T00:00:00Z\",\"ctime\":\"0001-01-01T00:00:00Z\""));
  }

  /** What restic 0.18 writes for these names. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "706c61696e, \"plain\"",
        "7122785c09, \"q\\\\\\\"x\\\\\\\\\\\\t\"",
        "69742773, \"it's\"",
        "610a62017f, \"a\\\\nb\\\\x01\\\\x7f\"",
        "ffc3, \"\\\\xff\\\\xc3\"",
        "eda080, \"\\\\xed\\\\xa0\\\\x80\"",
        "6e62c2a07370, \"nb\\\\u00a0sp\"",
        "e38080, \"\\\\u3000\"",
        "e697a5e69cac, \"日本\"",
        "f09f91a9e2808df09f92bb, \"👩\\\\u200d💻\"",
        "f09faba8, \"🫨\"",
        "ef80a1, \"\\\\uf021\"",
        "e280a8, \"\\\\u2028\"",
        "3c613e2662, \"\\u003ca\\u003e\\u0026b\"",
        "efbfbd, \"\ufffd\"",
        "65cc81, \"e\u0301\"",
        "07080c0b0d, \"\\\\a\\\\b\\\\f\\\\v\\\\r\"",
        "f3a08081, \"\\\\U000e0001\"",
        "c0afe080af, \"\\\\xc0\\\\xaf\\\\xe0\\\\x80\\\\xaf\""
      })
  void quotes_names_as_go_does_and_reads_them_again(String hex, String json) {
    byte[] raw = HexFormat.of().parseHex(hex);
    assertThat(text(new JsonBytes(1).name(NodeName.of(raw)).toBytes())).isEqualTo(json);
    assertThat(only("{\"name\":" + json + "}").name().toBytes()).isEqualTo(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "'a\\\\101\\\\377', 6141ff",
    "'\\\\x41\\\\u00e9\\\\U0001F600', 41c3a9f09f9880",
    "'über', c3bc626572"
  })
  void reads_every_escape_that_go_knows(String json, String hex) {
    assertThat(HexFormat.of().formatHex(only("{\"name\":\"" + json + "\"}").name().toBytes()))
        .isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\\\",
        "\\\\q",
        "\\\\x4",
        "\\\\400",
        "\\\\ud800",
        "\\\\U00110000",
        "\\\\'",
        "\\\"",
        "\\n"
      })
  void refuses_a_name_that_go_refuses(String json) {
    assertThatThrownBy(() -> only("{\"name\":\"" + json + "\"}"))
        .isInstanceOf(RepositoryException.class)
        .hasMessageContaining("not quoted");
  }

  @Test
  void sorts_by_bytes_and_not_by_utf_16() {
    List<Node> nodes = new ArrayList<>();
    for (String name : List.of("\ud83d\ude00", "\uffee", "b", "B", "a.b", "a", "\u00e4", "a b")) {
      nodes.add(plain(name).build());
    }
    byte[] first = TreeEncoder.encode(nodes);
    Collections.shuffle(nodes, new Random(7));
    assertThat(TreeEncoder.encode(nodes)).isEqualTo(first);
    assertThat(TreeDecoder.decode(first).nodes())
        .extracting(node -> node.name().text())
        .containsExactly("B", "a", "a b", "a.b", "b", "\u00e4", "\uffee", "\ud83d\ude00");
  }

  @Test
  void refuses_a_name_twice_and_names_that_no_directory_has() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TreeEncoder.encode(List.of(plain("a").build(), plain("a").build())));
    for (String bad : List.of("", ".", "..", "a/b", "a\0")) {
      assertThatIllegalArgumentException()
          .as(bad)
          .isThrownBy(() -> new TreeEncoder().add(plain(bad).build()));
    }
    new TreeEncoder().add(plain("...").build()).add(plain(".a").build()).add(plain("a.").build());
  }

  @Test
  void reads_nulls_duplicates_and_unknown_fields_as_restic_does() {
    Tree tree =
        decode(
            "{\"x\":{\"nodes\":[1]},\"nodes\":[{\"content\":null,\"new\":[{}],\"name\":\"a\",\"name\":\"b\",\"mtime\":null,"
                + "\"extended_attributes\":[{\"name\":\"user.x\",\"value\":null,\"y\":1}],\"subtree\":null,\"size\":18446744073709551615}],\"y\":2}");
    Node node = tree.nodes().get(0);
    assertThat(node.name().text()).isEqualTo("b");
    assertThat(node.type()).isEqualTo(NodeType.UNKNOWN);
    assertThat(node.mtime()).isEqualTo(GoTime.ZERO);
    assertThat(node.content()).isNull();
    assertThat(Long.toUnsignedString(node.size())).isEqualTo("18446744073709551615");
    assertThat(node.extendedAttributes()).containsExactly(new ExtendedAttribute("user.x", null));
    assertThat(tree.unknownFields())
        .containsExactlyInAnyOrder("x", "new", "extended_attributes.y", "y");
    assertThat(decode("{\"nodes\":null}").nodes()).isEmpty();
    assertThat(decode("{}").nodes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"nodes\":[",
        "{\"nodes\":[1]}",
        "{\"nodes\":{}}",
        "{\"nodes\":[]}{}",
        "{\"nodes\":[{\"size\":-1}]}",
        "{\"nodes\":[{\"size\":1.5}]}",
        "{\"nodes\":[{\"size\":18446744073709551616}]}",
        "{\"nodes\":[{\"mode\":4294967296}]}",
        "{\"nodes\":[{\"mtime\":\"yesterday\"}]}",
        "{\"nodes\":[{\"subtree\":\"12\"}]}",
        "{\"nodes\":[{\"content\":[null]}]}"
      })
  void calls_a_tree_that_cannot_be_read_damage(String json) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            RepositoryException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DAMAGED));
  }

  @Test
  void keeps_raw_json_of_generic_attributes_of_every_kind() {
    String json =
        "{\"nodes\":[{\"name\":\"w\",\"type\":\"dir\","
            + TIMES
            + ",\"uid\":0,\"gid\":0,\"generic_attributes\":{\"a\":1e3,\"b\":\"x\\u0026\u00e9\",\"c\":[1,{\"d\":null}],\"e\":true,\"f\":12},\"content\":null}]}\n";
    assertThat(text(TreeEncoder.encode(decode(json).nodes()))).isEqualTo(json);
  }

  @Test
  void writes_and_reads_a_directory_of_a_hundred_thousand_files_quickly() {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      nodes.add(
          plain("Dokument-ä " + i * 7919L % 100_003 + ".txt")
              .mode(0644)
              .size(i)
              .content(List.of(SOME_ID))
              .build());
    }
    TreeEncoder.encode(nodes.subList(0, 1000));
    long start = System.nanoTime();
    byte[] blob = TreeEncoder.encode(nodes);
    long encoded = System.nanoTime();
    assertThat(TreeDecoder.decode(blob).nodes()).hasSize(nodes.size());
    long decoded = System.nanoTime();
    System.out.printf(
        "100,000 nodes: encoded in %d ms, decoded in %d ms%n",
        (encoded - start) / 1_000_000, (decoded - encoded) / 1_000_000);
    // A generous bound for a busy machine: quadratic work would take minutes.
    assertThat(decoded - start).isLessThan(10_000_000_000L);
  }
}
