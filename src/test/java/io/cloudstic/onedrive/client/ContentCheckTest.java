package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.catalogue.Mark;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The check of a content")
class ContentCheckTest {
  private static final byte[] CONTENT = "hello world".getBytes(StandardCharsets.US_ASCII);
  private static final String XOR = "aCgDG9jwBhDc4Q1yawMZAAAAAAA=";
  private static final String SHA1 = "2aae6c35c94fcfb415dbe95f408b9ce91ee846ed";
  private static final String SHA256 =
      "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
  private static final String WRONG_XOR = "AAAAAAAAAAAAAAAAoAAAAAAAAAA=";

  @Test
  @DisplayName("accepts any one equal hash, in either case, whatever the size says")
  void anyHash() {
    assertThat(mark(new Hashes(XOR, null, null), 11)).isEqualTo(Mark.HASH);
    assertThat(mark(new Hashes(XOR, null, null), 99)).isEqualTo(Mark.HASH);
    assertThat(mark(new Hashes(WRONG_XOR, SHA1, null), 11)).isEqualTo(Mark.HASH);
    assertThat(mark(new Hashes(null, SHA1.toUpperCase(Locale.ROOT), null), 11))
        .isEqualTo(Mark.HASH);
    assertThat(mark(new Hashes(null, null, SHA256.toUpperCase(Locale.ROOT)), 11))
        .isEqualTo(Mark.HASH);
  }

  @Test
  @DisplayName("without a hash compares the length")
  void sizeOnly() {
    assertThat(mark(Hashes.NONE, 11)).isEqualTo(Mark.SIZE);
    assertThat(mark(Hashes.NONE, 12)).isEqualTo(Mark.MISMATCH);
    assertThat(mark(Hashes.NONE, -1)).isEqualTo(Mark.UNCHECKED);
  }

  @Test
  @DisplayName("does not let a right length excuse a wrong hash")
  void wrongHash() {
    assertThat(mark(new Hashes(WRONG_XOR, null, null), 11)).isEqualTo(Mark.MISMATCH);
  }

  @Test
  @DisplayName("takes hashes that cannot be decoded as not given")
  void undecodable() {
    assertThat(mark(new Hashes("?", "xyz", ""), 11)).isEqualTo(Mark.SIZE);
  }

  @Test
  @DisplayName("gives equal contents equal fingerprints, and others not")
  void fingerprints() {
    assertThat(finish(CONTENT, Hashes.NONE, -1).fingerprint())
        .isEqualTo(finish(CONTENT.clone(), Hashes.NONE, -1).fingerprint())
        .isNotEqualTo(
            finish("hello worle".getBytes(StandardCharsets.US_ASCII), Hashes.NONE, -1)
                .fingerprint());
  }

  private static Mark mark(Hashes hashes, long size) {
    return finish(CONTENT, hashes, size).mark();
  }

  private static ContentCheck.Finding finish(byte[] content, Hashes hashes, long size) {
    ContentCheck check = new ContentCheck(hashes);
    check.update(content, 0, 5);
    check.update(content, 5, content.length - 5);
    return check.finish(size);
  }
}
