package io.cloudstic.restic.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A chunker polynomial")
class ChunkerPolynomialTest {
  @Test
  @DisplayName("that restic drew is irreducible, its products and neighbours are not")
  void known() {
    assertThat(ChunkerPolynomial.isValid(0x3da3358b4dc173L)).isTrue();
    assertThat(ChunkerPolynomial.isValid(0x2094350493f7e9L)).isTrue();
    assertThat(ChunkerPolynomial.isValid(0x3da3358b4dc172L)).as("divisible by x").isFalse();
    assertThat(ChunkerPolynomial.isValid(0x3da3358b4dc173L ^ 2)).as("even weight").isFalse();
    assertThat(ChunkerPolynomial.isValid(0x1da3358b4dc173L)).as("degree 52").isFalse();
    assertThat(ChunkerPolynomial.isValid(0)).isFalse();
  }

  @Test
  @DisplayName("with two divisors of degrees 26 and 27 is refused")
  void largeDivisors() {
    // x^26 + x^6 + x^2 + x + 1 and x^27 + x^5 + x^2 + x + 1 are primitive (tables of J. Zierler).
    long product = multiply(1L << 26 | 1 << 6 | 7, 1L << 27 | 1 << 5 | 7);
    assertThat(ChunkerPolynomial.isValid(product)).isFalse();
  }

  @Test
  @DisplayName("is drawn with degree 53, another one each time")
  void random() {
    SecureRandom random = new SecureRandom();
    long first = ChunkerPolynomial.random(random);
    long second = ChunkerPolynomial.random(random);
    assertThat(first).isNotEqualTo(second);
    assertThat(ChunkerPolynomial.isValid(first)).isTrue();
    assertThat(first >>> 53).isEqualTo(1);
  }

  private static long multiply(long a, long b) {
    long product = 0;
    for (int i = 0; i < 32; i++) {
      product ^= (b >>> i & 1) == 1 ? a << i : 0;
    }
    return product;
  }
}
