package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class NodeNameTest {
  @Test
  void keeps_a_lone_surrogate_through_bytes_and_back() {
    NodeName name = NodeName.of("a\ud800b\ud83d\ude00");
    assertThat(HexFormat.of().formatHex(name.toBytes())).isEqualTo("61eda08062f09f9880");
    assertThat(name.text()).isEqualTo("a\ud800b\ud83d\ude00");
    assertThat(name.display()).isEqualTo("a\ufffd\ufffd\ufffdb\ud83d\ude00");
  }

  @Test
  void shows_nothing_that_could_deceive_a_terminal() {
    assertThat(NodeName.of("a\u001b[2Jb\u0085\u202egpj.exe\u007f").terminalSafe())
        .isEqualTo("a\\x1b[2Jb\\u0085\\u202egpj.exe\\x7f");
    assertThat(NodeName.of(new byte[] {'x', (byte) 0xff}).terminalSafe()).isEqualTo("x\\xff");
    assertThat(NodeName.of("Grüße 👩‍💻 \u00a0ok \"q\" \\").terminalSafe())
        .isEqualTo("Grüße 👩‍💻 \u00a0ok \"q\" \\");
  }
}
