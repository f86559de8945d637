package io.cloudstic.onedrive.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The calls of a walk")
@Timeout(60)
class CallsTest {
  /** Tasks that are begun when the test wants it, or never. */
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  private final Calls<String> calls = new Calls<>(tasks::add);

  @Test
  @DisplayName("are answered in the order in which they end, and are open until they are taken")
  void answers() {
    calls.ask(() -> "one");
    calls.ask(() -> "two");
    Runnable first = tasks.remove();
    tasks.remove().run();
    first.run();
    assertThat(calls.open()).isEqualTo(2);
    assertThat(calls.await()).isEqualTo("two");
    assertThat(calls.await()).isEqualTo("one");
    assertThat(calls.open()).isZero();
  }

  @Test
  @DisplayName("that were never begun are not waited for when the walk ends")
  void dropped() {
    calls.ask(() -> "never");
    calls.close();
    tasks.remove().run();
    assertThatThrownBy(calls::await).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("end for whoever waits when the walk is closed by another thread")
  void closedMeanwhile() throws Exception {
    calls.ask(() -> "never");
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    Thread waiting =
        new Thread(
            () -> {
              try {
                calls.await();
                ended.complete(null);
              } catch (RuntimeException e) {
                ended.complete(e);
              }
            });
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    calls.close();
    assertThat(ended.get()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName(
      "that are under way are waited for when the walk is closed, though nobody takes them")
  void underWay() throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    calls.ask(answer::join);
    Thread caller = new Thread(tasks.remove());
    caller.start();
    while (caller.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    Thread closing = new Thread(calls::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    answer.complete("late");
    closing.join();
    caller.join();
  }

  @Test
  @DisplayName("that end with an error of the machine let the walk end with it")
  void error() {
    calls.ask(
        () -> {
          throw new StackOverflowError("deep");
        });
    tasks.remove().run();
    assertThatThrownBy(calls::await).isInstanceOf(StackOverflowError.class);
  }
}
