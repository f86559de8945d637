package io.cloudstic.restic.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
  /**
   * The general category of a character hardly ever changes once it is assigned, so the JDK's own
   * Unicode must agree on all that both know.
   */
  @Test
  void agrees_with_the_unicode_of_this_jdk_where_that_knows_the_character() {
    // Unicode 15.0 came with Java 20; later ones know characters that 15.0 has not.
    boolean older = Runtime.version().feature() <= 20;
    assertThat(
            IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> older ? isAssigned(c) : Printable.is(c))
                .filter(c -> Printable.is(c) != isPrintableHere(c))
                .mapToObj(Integer::toHexString))
        .isEmpty();
  }

  @Test
  void holds_as_many_characters_as_unicode_15_has() {
    assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT).filter(Printable::is).count())
        .isEqualTo(148_998);
    assertThat(Printable.is(0x1fae8)).as("shaking face, new in 15.0").isTrue();
    assertThat(Printable.is(0x2ebf0)).as("CJK extension I, new in 15.1").isFalse();
    assertThat(Printable.is(Character.MAX_CODE_POINT)).isFalse();
  }

  private static boolean isAssigned(int c) {
    return Character.getType(c) != Character.UNASSIGNED;
  }

  private static boolean isPrintableHere(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
