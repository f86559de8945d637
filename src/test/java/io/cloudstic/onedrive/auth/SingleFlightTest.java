package io.cloudstic.onedrive.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.StoppedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Work that is done once for all who ask at the same time")
@Timeout(60)
class SingleFlightTest {
  private final SingleFlight<String> flight = new SingleFlight<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CompletableFuture<String> outcome = new CompletableFuture<>();
  private final CompletableFuture<String> shared = new CompletableFuture<>();

  /** The outcome as one thread's work, which another one waits for. */
  private CompletableFuture<String> sharedBy(Supplier<String> another) throws Exception {
    Thread first = thread(new CompletableFuture<>(), this::work);
    first.start();
    begun.await();
    Thread second = thread(shared, another);
    second.start();
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return shared;
  }

  private Thread thread(CompletableFuture<String> result, Supplier<String> work) {
    return new Thread(
        () -> {
          try {
            result.complete(flight.run(work));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
  }

  private String work() {
    begun.countDown();
    try {
      return outcome.join();
    } catch (CompletionException e) {
      throw (RuntimeException) e.getCause();
    }
  }

  @Test
  @DisplayName("gives its result and its failure to all of them")
  void shared() throws Exception {
    CompletableFuture<String> second = sharedBy(() -> "not done");
    outcome.complete("done");
    assertThat(second.get()).isEqualTo("done");
  }

  @Test
  @DisplayName("is not repeated when it fails")
  void failure() throws Exception {
    CompletableFuture<String> second = sharedBy(() -> "not done");
    outcome.completeExceptionally(new IllegalStateException("refused"));
    assertThatThrownBy(second::get).hasRootCauseMessage("refused");
  }

  @Test
  @DisplayName("is taken over when the one who does it is stopped, which others were not")
  void takenOver() throws Exception {
    CompletableFuture<String> second = sharedBy(() -> "done after all");
    outcome.completeExceptionally(new StoppedException());
    assertThat(second.get()).isEqualTo("done after all");
  }

  @Test
  @DisplayName("ends for all of them when all are stopped")
  void allStopped() throws Exception {
    CompletableFuture<String> second =
        sharedBy(
            () -> {
              throw new StoppedException();
            });
    outcome.completeExceptionally(new StoppedException());
    assertThatThrownBy(second::get).hasRootCauseInstanceOf(StoppedException.class);
  }
}
