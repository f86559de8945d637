package io.cloudstic.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodeName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Local names")
class LocalNamesTest {
  private static List<String> local(LocalNames names, String... siblings) {
    List<Node> nodes =
        Stream.of(siblings).map(s -> Node.file(NodeName.of(s), List.of()).build()).toList();
    Map<Node, NodeName> renamed = names.renamed(nodes);
    return nodes.stream().map(n -> renamed.getOrDefault(n, n.name()).text()).toList();
  }

  @Test
  @DisplayName("stay as they are on Unix, whatever they hold")
  void unix() {
    assertThat(local(LocalNames.unix(false), "a", "A", "a:b*", "\n", "CON", "x.", "\ud800"))
        .containsExactly("a", "A", "a:b*", "\n", "CON", "x.", "\ud800");
  }

  @Test
  @DisplayName("are changed visibly where Windows has no such name")
  void windows() {
    assertThat(
            local(
                LocalNames.windows(),
                "a:b",
                "..\\x",
                "CON",
                "con.txt",
                "com1 .x",
                "dot.",
                "space ",
                "fine.txt",
                "tab\t"))
        .containsExactly(
            "a%3Ab",
            "..%5Cx",
            "%43ON",
            "%63on.txt",
            "%63om1 .x",
            "dot%2E",
            "space%20",
            "fine.txt",
            "tab%09");
  }

  @Test
  @DisplayName("are told apart where the target does not tell them apart")
  void collisions() {
    assertThat(local(LocalNames.unix(true), "A.txt", "a.txt", "B", "b", "Ä", "ä"))
        .containsExactly("A.txt", "a~2.txt", "B", "b~2", "Ä", "ä~2");
    assertThat(local(LocalNames.windows(), "a%3Ab", "a:b"))
        .as("a name that can stay goes before one that was changed")
        .containsExactly("a%3Ab", "a%3Ab~2");
  }

  @Test
  @DisplayName("are cut before the extension when they are too long, and stay different")
  void tooLong() {
    String umlauts = "ä".repeat(200);
    List<String> names =
        local(LocalNames.unix(false), umlauts + "1.docx", umlauts + "2.docx", "é".repeat(127));
    assertThat(names.get(0)).startsWith("ä".repeat(120)).endsWith("~.docx");
    assertThat(names.get(1)).endsWith("~2.docx").isNotEqualTo(names.get(0));
    assertThat(names.get(2)).isEqualTo("é".repeat(127));
    assertThat(names).allMatch(name -> NodeName.of(name).length() <= 255);
    assertThat(local(LocalNames.windows(), umlauts)).containsExactly(umlauts);
  }
}
