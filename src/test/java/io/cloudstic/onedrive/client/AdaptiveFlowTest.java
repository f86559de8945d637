package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The flow against lines of which it is known what they bear. */
@DisplayName("The adaptive number of downloads")
class AdaptiveFlowTest {
  private static final int MOST = 16;

  private final AdaptiveFlow flow = new AdaptiveFlow(4, MOST);
  private Instant now = Instant.EPOCH;

  @Test
  @DisplayName("doubles to its most within two seconds where each download brings its own")
  void linear() {
    spans(4, permits -> permits * 1e8);
    assertThat(flow.permits()).isEqualTo(MOST);
  }

  @Test
  @DisplayName("grows for small files too, whose bytes do not count")
  void smallFiles() {
    for (int span = 0; span < 4; span++) {
      for (int i = 0; i < flow.permits() * 5; i++) {
        flow.answered(now, flow.permits());
      }
      pass(0);
    }
    assertThat(flow.permits()).isEqualTo(MOST);
  }

  @Test
  @DisplayName("stays near what a line bears, however long it lasts")
  void saturated() {
    int highest = 0;
    spans(10, permits -> Math.min(permits, 6) * 1e8);
    for (int i = 0; i < 1000; i++) {
      spans(1, permits -> Math.min(permits, 6) * 1e8);
      highest = Math.max(highest, flow.permits());
    }
    assertThat(highest).isBetween(6, 9);
  }

  @Test
  @DisplayName("takes a step back that makes things worse, and finds a line that got better")
  void worseThenBetter() {
    spans(100, permits -> permits > 4 ? 1e7 : permits * 1e8);
    assertThat(flow.permits()).isBetween(4, 5);
    spans(1000, permits -> permits * 1e8);
    assertThat(flow.permits()).isEqualTo(MOST);
  }

  @Test
  @DisplayName("does not grow where there are too few files to fill it")
  void idle() {
    for (int span = 0; span < 50; span++) {
      flow.answered(now, 1);
      pass(1e8);
    }
    assertThat(flow.permits()).isEqualTo(4);
  }

  @Test
  @DisplayName("is halved by a throttle, and by a span of failures, but not by a single one")
  void halves() {
    spans(4, permits -> permits * 1e8);
    flow.throttled();
    assertThat(flow.permits()).isEqualTo(8);
    flow.failed(now);
    spans(2, permits -> permits * 1e8);
    assertThat(flow.permits()).isEqualTo(8);
    for (int span = 0; span < 10; span++) {
      for (int i = 0; i < 4; i++) {
        flow.failed(now);
      }
      spans(1, permits -> permits * 1e8);
    }
    assertThat(flow.permits()).isEqualTo(1);
    spans(1000, permits -> permits * 1e8);
    assertThat(flow.permits()).isEqualTo(MOST);
  }

  private void spans(int count, IntToDoubleFunction bytesPerSecond) {
    for (int i = 0; i < count; i++) {
      for (int call = 0; call < flow.permits(); call++) {
        flow.answered(now, flow.permits());
      }
      pass(bytesPerSecond.applyAsDouble(flow.permits()));
    }
  }

  private void pass(double bytesPerSecond) {
    now = now.plus(AdaptiveFlow.SPAN);
    flow.received((long) (bytesPerSecond * AdaptiveFlow.SPAN.toMillis() / 1000), now);
  }
}
