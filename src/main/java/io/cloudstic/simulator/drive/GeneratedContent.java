package io.cloudstic.simulator.drive;

import java.io.InputStream;
import java.util.Objects;

/**
 * Content computed from a seed, word by word (SplitMix64), so that a file of any size costs no
 * memory and can be read from any offset.
 *
 * @param seed decides every byte
 * @param size length in bytes
 * @param text letters that compress, instead of bytes that do not
 */
public record GeneratedContent(long seed, long size, boolean text) implements Content {
  private static final byte[] LETTERS = "etaoin shrdlu etaoin cmfwypvbgkj".getBytes();

  @Override
  public InputStream open(long offset) {
    return new Words(offset);
  }

  private long word(long index) {
    long word = Mix.mix(seed, index);
    if (!text) {
      return word;
    }
    long letters = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      letters = letters << 8 | LETTERS[(int) (word >>> 8 * i & 31)];
    }
    return letters;
  }

  private final class Words extends InputStream {
    private long position;

    Words(long position) {
      this.position = position;
    }

    @Override
    public int read() {
      if (position >= size) {
        return -1;
      }
      int value = (int) (word(position >>> 3) >>> 8 * (position & 7)) & 0xff;
      position++;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (position >= size) {
        return -1;
      }
      int count = (int) Math.min(length, size - position);
      int end = offset + count;
      for (int at = offset; at < end; ) {
        long word = word(position >>> 3) >>> 8 * (position & 7);
        int inWord = (int) Math.min(8 - (position & 7), end - at);
        for (int i = 0; i < inWord; i++) {
          target[at++] = (byte) word;
          word >>>= 8;
        }
        position += inWord;
      }
      return count;
    }
  }
}
