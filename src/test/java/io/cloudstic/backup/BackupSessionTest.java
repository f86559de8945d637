package io.cloudstic.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.TestEnvironment;
import io.cloudstic.restic.crypto.KdfCost;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.run.Stop;
import io.cloudstic.store.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A session")
@Timeout(60)
class BackupSessionTest {
  private final CountDownLatch uploading = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final MemoryStore store =
      new MemoryStore() {
        @Override
        public void put(String key, byte[] data) {
          if (key.startsWith("data/")) {
            uploading.countDown();
            try {
              answered.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          super.put(key, data);
        }
      };

  @Test
  @DisplayName("that is cut off while an upload hangs leaves no lock")
  void cutOffWhileUploading() throws Exception {
    Stop stop = new Stop();
    BackupSession session = engine(stop).open(request());
    session.writer().save(BlobType.DATA, new byte[] {1}, 0, 1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(session::close);
    assertThat(uploading.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keys("locks/")).hasSize(1);

    stop.ask();
    stop.giveUp();

    assertThat(keys("locks/")).isEmpty();
    answered.countDown();
    closed.get();
    assertThat(keys("index/")).as("what is stored is known to the next run").hasSize(1);
  }

  private BackupEngine engine(Stop stop) {
    return new BackupEngine(
        () -> Repository.init(store, "x".toCharArray(), TestEnvironment.create(), KdfCost.LOWEST),
        session -> null,
        new BackupProgress(),
        RateLimit.none(),
        stop,
        "cloudstic test");
  }

  private static BackupRequest request() {
    return new BackupRequest(
        SourceSpec.parse("onedrive"), null, List.of(), false, List.of(), false, false, false, true);
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    store.list(prefix, object -> keys.add(object.key()));
    return keys;
  }
}
