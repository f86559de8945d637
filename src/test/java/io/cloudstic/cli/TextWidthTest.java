package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The width of a text")
class TextWidthTest {
  @Test
  @DisplayName("counts wide letters twice and combining marks not at all")
  void columns() {
    assertThat(TextWidth.of("abc")).isEqualTo(3);
    assertThat(TextWidth.of("日本")).isEqualTo(4);
    assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
    assertThat(TextWidth.of("😀")).isEqualTo(2);
    assertThat(TextWidth.padded("日本", 6)).isEqualTo("日本  ");
    assertThat(TextWidth.padded("long", 2)).isEqualTo("long");
  }

  @Test
  @DisplayName("is cut between letters, also those of two UTF-16 units")
  void cut() {
    assertThat(TextWidth.cut("a😀b", 2)).isEqualTo("a");
    assertThat(TextWidth.cut("a😀b", 3)).isEqualTo("a😀");
    assertThat(TextWidth.cut("abc", 9)).isEqualTo("abc");
    assertThat(TextWidth.cut("\ud83d", 0)).isEmpty();
  }
}
