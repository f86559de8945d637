package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Stop;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A walk that is handed off to an iterator")
class HandoffTest {
  private final Stop stop = new Stop();
  private final Handoff<Integer> handoff = new Handoff<>(stop);

  @Test
  @DisplayName("hands over everything in its order")
  void hands_over_in_order() {
    Iterator<Integer> numbers = handoff.from("walk", () -> putAll(1000));
    List<Integer> taken = new ArrayList<>();
    numbers.forEachRemaining(taken::add);
    assertThat(taken).hasSize(1000).isSorted();
    assertThat(numbers.hasNext()).isFalse();
  }

  @Test
  @DisplayName("waits when it is far ahead")
  void waits_when_far_ahead() throws InterruptedException {
    AtomicInteger put = new AtomicInteger();
    Iterator<Integer> numbers =
        handoff.from(
            "walk",
            () -> {
              for (int i = 0; i < 10_000; i++) {
                handoff.put(i);
                put.incrementAndGet();
              }
            });
    assertThat(numbers.next()).isZero();
    TimeUnit.MILLISECONDS.sleep(200);
    assertThat(put.get()).isLessThan(1000);
    handoff.close();
  }

  @Test
  @DisplayName("that fails makes the iterator fail, after what it had found")
  void failure_comes_out() {
    Iterator<Integer> numbers =
        handoff.from(
            "walk",
            () -> {
              handoff.put(1);
              throw new IllegalStateException("unreadable");
            });
    assertThat(numbers.next()).isEqualTo(1);
    assertThatThrownBy(numbers::hasNext).hasMessage("unreadable");
    assertThatThrownBy(numbers::hasNext).as("and goes on failing").hasMessage("unreadable");
  }

  @Test
  @DisplayName("ends on both sides when the run is stopped")
  void ends_when_stopped() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    Iterator<Integer> numbers =
        handoff.from(
            "walk",
            () -> {
              try {
                putAll(Integer.MAX_VALUE);
              } finally {
                ended.countDown();
              }
            });
    numbers.next();
    stop.ask();
    assertThatThrownBy(
            () -> {
              while (numbers.hasNext()) {
                numbers.next();
              }
            })
        .isInstanceOf(StoppedException.class);
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @Timeout(60)
  @DisplayName("ends for whoever still waits when it is closed, though the walk tells no more")
  void closed_while_waiting() throws InterruptedException {
    CountDownLatch goOn = new CountDownLatch(1);
    Iterator<Integer> numbers =
        handoff.from(
            "walk",
            () -> {
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    handoff.close();
    assertThatThrownBy(numbers::hasNext).isInstanceOf(IllegalStateException.class);
    goOn.countDown();
  }

  private void putAll(int count) {
    for (int i = 0; i < count; i++) {
      handoff.put(i);
    }
  }
}
