package io.cloudstic.onedrive.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.onedrive.Hashes;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Content facts")
class ContentFactsTest {
  private static final Instant TIME = Instant.parse("0001-01-01T08:00:00.1234567Z");

  private static ContentFacts facts(long size, String eTag, String cTag, String quickXor) {
    return new ContentFacts(size, TIME, eTag, cTag, new Hashes(quickXor, null, null));
  }

  @Test
  @DisplayName("are decided by the cTag where both sides have one")
  void cTagFirst() {
    assertThat(facts(1, "e1", "c", "q1").sameContent(facts(2, "e2", "c", "q2"))).isTrue();
    assertThat(facts(1, "e", "c1", "q").sameContent(facts(1, "e", "c2", "q"))).isFalse();
  }

  @Test
  @DisplayName("are decided by hash and size where a feed leaves the cTag out")
  void hashNext() {
    assertThat(facts(1, "e1", "c", "qA=").sameContent(facts(1, "e2", null, "qA"))).isTrue();
    assertThat(facts(1, "e", "c", "q").sameContent(facts(2, "e", null, "q"))).isFalse();
    assertThat(facts(-1, "e", "c", "q").sameContent(facts(2, "e2", null, "q"))).isTrue();
    assertThat(facts(1, "e", null, "q").sameContent(facts(1, "e", null, "r"))).isFalse();
  }

  @Test
  @DisplayName("are decided by the eTag when nothing else is known, and differ without one")
  void eTagLast() {
    assertThat(facts(1, "e", null, null).sameContent(facts(1, "e", "c", null))).isTrue();
    assertThat(facts(1, "e", null, null).sameContent(facts(1, "f", null, "q"))).isFalse();
    assertThat(facts(1, null, null, null).sameContent(facts(1, null, null, null))).isFalse();
  }

  @Test
  @DisplayName("compare hex hashes without regard to case")
  void hexCase() {
    ContentFacts upper = new ContentFacts(1, null, "a", null, new Hashes(null, "AB", "CD"));
    ContentFacts lower = new ContentFacts(1, null, "b", null, new Hashes(null, "ab", "cd"));
    assertThat(upper.sameContent(lower)).isTrue();
  }

  @Test
  @DisplayName("are read back as they were written, whatever is missing")
  void roundTrip() {
    ContentFacts full = new ContentFacts(7, TIME, "\"{A},1\"", "c", new Hashes("q", "AA", "BB"));
    ContentFacts bare = new ContentFacts(-1, null, null, null, Hashes.NONE);
    assertThat(ContentFacts.decode(full.encode())).isEqualTo(full);
    assertThat(ContentFacts.decode(bare.encode())).isEqualTo(bare);
    assertThat(ContentFacts.decode(null)).isNull();
  }

  @Test
  @DisplayName("keep what only the older of two equal contents knew")
  void merge() {
    assertThat(facts(3, "e", "c", "q").mergedWith(facts(3, "f", null, null)))
        .isEqualTo(facts(3, "f", "c", "q"));
  }
}
