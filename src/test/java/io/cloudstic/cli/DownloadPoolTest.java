package io.cloudstic.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The pool of downloads")
@Timeout(30)
class DownloadPoolTest {
  private final DownloadPool pool = new DownloadPool(2);

  @Test
  @DisplayName("goes on with all others while a large file takes its time, found from within")
  void largeFile() throws Exception {
    CountDownLatch others = new CountDownLatch(200);
    CountDownLatch largeFileRead = new CountDownLatch(1);
    pool.execute(
        () -> {
          pool.execute(
              () -> {
                await(others);
                largeFileRead.countDown();
              });
          // The one that lists sits in the pool as well, and waits there for room.
          for (int i = 0; i < 200; i++) {
            pool.execute(others::countDown);
          }
        });
    assertThat(largeFileRead.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  @DisplayName("lets nobody find more files ahead than its queue holds")
  void bounded() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger found = new AtomicInteger();
    Thread lister =
        new Thread(
            () -> {
              for (int i = 0; i < 100; i++) {
                pool.execute(() -> await(go));
                found.incrementAndGet();
              }
            });
    lister.start();
    while (lister.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(found.get()).isEqualTo(3 + 8);
    go.countDown();
    lister.join();
    assertThat(found.get()).isEqualTo(100);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
