package io.cloudstic.restic.repository;

import java.security.SecureRandom;

/**
 * The irreducible polynomial over GF(2) of degree 53 in every config. restic cuts files with it and
 * checks it on every open; to us it is a secret of the repository.
 *
 * <p>A polynomial is a {@code long}, bit i being the coefficient of x^i.
 */
final class ChunkerPolynomial {
  /** What restic demands. */
  static final int DEGREE = 53;

  private ChunkerPolynomial() {}

  /** A random one; about one in 27 candidates is irreducible. */
  static long random(SecureRandom random) {
    while (true) {
      long candidate = random.nextLong() & (1L << DEGREE) - 1 | 1L << DEGREE | 1;
      if (isValid(candidate)) {
        return candidate;
      }
    }
  }

  /**
   * Whether it has degree 53 and no divisor (M. Ben-Or, "Probabilistic algorithms in finite
   * fields").
   */
  static boolean isValid(long p) {
    if (degree(p) != DEGREE) {
      return false;
    }
    long power = 2; // x^(2^0)
    for (int i = 1; i <= DEGREE / 2; i++) {
      power = multiply(power, power, p);
      if (gcd(p, power ^ 2) != 1) {
        return false;
      }
    }
    return true;
  }

  private static int degree(long p) {
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(p);
  }

  /** a * b mod p. */
  private static long multiply(long a, long b, long p) {
    long product = 0;
    for (long left = b, shifted = a; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        product ^= shifted;
      }
      shifted <<= 1;
      if ((shifted & 1L << DEGREE) != 0) {
        shifted ^= p;
      }
    }
    return product;
  }

  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a;
      while (rest != 0 && degree(rest) >= degree(b)) {
        rest ^= b << degree(rest) - degree(b);
      }
      a = b;
      b = rest;
    }
    return a;
  }
}
