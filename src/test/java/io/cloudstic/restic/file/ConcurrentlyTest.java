package io.cloudstic.restic.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Working concurrently")
class ConcurrentlyTest {
  private final List<Integer> items = IntStream.range(0, 100).boxed().toList();

  @Test
  @DisplayName("does every item once, several at the same time")
  void everyItem() {
    Queue<Integer> done = new ConcurrentLinkedQueue<>();
    CountDownLatch together = new CountDownLatch(4);
    Concurrently.forEach(
        items,
        4,
        item -> {
          together.countDown();
          await(together);
          done.add(item);
        });
    assertThat(done).containsExactlyInAnyOrderElementsOf(items);
  }

  @Test
  @DisplayName("ends with the first failure and begins nothing after it")
  void failure() {
    Queue<Integer> begun = new ConcurrentLinkedQueue<>();
    assertThatThrownBy(
            () ->
                Concurrently.forEach(
                    items,
                    2,
                    item -> {
                      begun.add(item);
                      throw new IllegalStateException("item " + item);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("item ");
    assertThat(begun).hasSizeLessThanOrEqualTo(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
