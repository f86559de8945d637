package io.cloudstic.restic.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  @DisplayName("hands results on in order, a bounded number of them made ahead")
  void inOrder() {
    AtomicInteger waiting = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<String> results = new ArrayList<>();
    Concurrently.inOrder(
        items,
        4,
        10,
        item -> {
          most.accumulateAndGet(waiting.incrementAndGet(), Math::max);
          return "item " + item;
        },
        result -> {
          waiting.decrementAndGet();
          results.add(result);
        });
    assertThat(results).isEqualTo(items.stream().map(item -> "item " + item).toList());
    assertThat(most.get()).isLessThanOrEqualTo(11);
  }

  @Test
  @DisplayName("hands nothing on after a failure")
  void inOrderUntilFailure() {
    List<Integer> results = new ArrayList<>();
    assertThatThrownBy(
            () ->
                Concurrently.inOrder(
                    items,
                    4,
                    10,
                    item -> {
                      if (item == 42) {
                        throw new IllegalStateException("item " + item);
                      }
                      return item;
                    },
                    results::add))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 42");
    assertThat(results).isEqualTo(items.subList(0, 42));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
