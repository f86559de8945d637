package io.cloudstic.restic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdSetTest {
  @Test
  void holds_what_a_hash_set_holds() {
    Random random = new Random(11);
    Set<Id> expected = new HashSet<>();
    IdSet set = new IdSet();
    byte[] bytes = new byte[Id.LENGTH];
    for (int i = 0; i < 20_000; i++) {
      random.nextBytes(bytes);
      // Few first bits and many repetitions, so that probing and growing are put to work.
      bytes[0] = 0;
      bytes[1] = (byte) random.nextInt(4);
      bytes[2] = 0;
      for (int j = 5; j < bytes.length; j++) {
        bytes[j] = 0;
      }
      Id id = Id.of(bytes, 0);
      assertThat(set.add(id)).isEqualTo(expected.add(id));
    }
    assertThat(set.size()).isEqualTo(expected.size());
    Id zero = Id.of(new byte[Id.LENGTH], 0);
    assertThat(set.add(zero)).isEqualTo(expected.add(zero));
    assertThat(set.add(zero)).isFalse();
  }
}
