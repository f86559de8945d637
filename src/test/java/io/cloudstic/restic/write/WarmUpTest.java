package io.cloudstic.restic.write;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Warming up")
class WarmUpTest {
  @Test
  @DisplayName("runs through: what it does is what sealing accepts")
  void runsThrough() {
    assertThatCode(new WarmUp(2, 3)::work).doesNotThrowAnyException();
  }
}
