package io.cloudstic.restic.tree;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringTokenizer;
import java.util.stream.Collectors;

/**
 * Which characters a name may show unescaped: what Go's {@code strconv.IsPrint} said at Unicode
 * 15.0. The table is frozen, because the bytes of a tree, and so its id, depend on it: the JDK's
 * own {@link Character#getType} changes with every release of Java.
 */
final class Printable {
  private static final String RESOURCE = "printable-unicode-15.txt";

  /** Where printable begins (even index) and ends (odd index), ascending. */
  private static final int[] BOUNDS = load();

  private Printable() {}

  /** Whether the code point stands for itself. */
  static boolean is(int codePoint) {
    if (codePoint < 0x7f) {
      return codePoint >= 0x20;
    }
    int found = Arrays.binarySearch(BOUNDS, codePoint);
    int boundsPassed = found >= 0 ? found + 1 : -found - 1;
    return boundsPassed % 2 == 1;
  }

  private static int[] load() {
    try (InputStream in = Printable.class.getResourceAsStream(RESOURCE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      String runs =
          lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining(" "));
      StringTokenizer tokens = new StringTokenizer(runs);
      int[] bounds = new int[tokens.countTokens()];
      int at = 0;
      for (int i = 0; i < bounds.length; i++) {
        at += Integer.parseInt(tokens.nextToken(), Character.MAX_RADIX);
        bounds[i] = at;
      }
      return bounds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
