package io.cloudstic.onedrive.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Stop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The gate")
@Timeout(20)
class GateTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Stop stop = new Stop();
  private final ManualClock clock = new ManualClock(START);
  private final List<Instant> told = new ArrayList<>();
  private final Gate gate = gate(GateSettings.graph(Duration.ofHours(6)));

  @Test
  @DisplayName("is open at first, and counts")
  void open() {
    call(200);
    call(404);
    assertThat(gate.requests()).isEqualTo(2);
    assertThat(gate.throttled()).isZero();
    assertThat(clock.instant()).isEqualTo(START);
  }

  @ParameterizedTest
  @CsvSource({
    "429,Retry-After=30,30",
    "503,Retry-After=30,30",
    "509,Retry-After=600,600",
    "429,Retry-After=5;RateLimit-Reset=60,60",
    "429,Retry-After=60;RateLimit-Reset=5,60",
    "429,'Retry-After=Thu, 01 Jan 2026 00:00:40 GMT',41",
    "429,'Retry-After=Thu, 01 Jan 2026 09:00:40 GMT;Date=Thu, 01 Jan 2026 09:00:00 GMT',41",
    "429,'Retry-After=Thu, 01 Jan 2026 00:00:40 GMT;Date=Sun, 22 Nov 2026 00:00:00 GMT',41",
    "429,retry-after=0.5,0.5",
  })
  @DisplayName("lets nobody through before the time that the service names")
  void fence(int status, String headers, double seconds) {
    call(status, headers.split(";"));
    gate.enter().close();
    assertThat(Duration.between(START, clock.instant()).toMillis())
        .isEqualTo((long) (seconds * 1000));
    assertThat(gate.throttled().toMillis()).isEqualTo((long) (seconds * 1000));
    assertThat(told).containsExactly(clock.instant());
  }

  @ParameterizedTest
  @CsvSource({"429,", "429,Retry-After=0", "429,Retry-After=-5", "429,Retry-After=soon", "509,"})
  @DisplayName("backs off by itself, ever longer, when the service does not say how long")
  void backsOff(int status, String header) {
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant before = clock.instant();
      call(status, header == null ? new String[0] : new String[] {header});
      gate.enter().close();
      waits.add(Duration.between(before, clock.instant()).toMillis());
    }
    assertThat(waits.get(0)).isBetween(1500L, 2200L);
    assertThat(waits.get(1)).isBetween(3000L, 4200L);
    assertThat(waits.get(2)).isBetween(6000L, 8200L);
    assertThat(waits.get(11)).isBetween(225_000L, 300_200L);
  }

  @Test
  @DisplayName("does not fence everybody for a 503 that asks for nothing")
  void plain503() {
    call(503);
    gate.enter().close();
    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  @DisplayName("halves its permits once for calls that hit the same wall, and grows slowly")
  void permits() {
    Gate.Pass one = gate.enter();
    Gate.Pass two = gate.enter();
    clock.sleep(Duration.ofMillis(10));
    one.answered(429, headers("Retry-After=10"));
    two.answered(429, headers("Retry-After=10"));
    one.close();
    two.close();
    assertThat(gate.permits()).isEqualTo(2);
    call(429, "Retry-After=1");
    assertThat(gate.permits()).isEqualTo(1);
    call(429, "Retry-After=1");
    assertThat(gate.permits()).isEqualTo(1);
    for (int i = 0; i < 8 + 16; i++) {
      call(200);
    }
    assertThat(gate.permits()).isEqualTo(3);
    for (int i = 0; i < 5000; i++) {
      call(200);
    }
    assertThat(gate.permits()).isEqualTo(16);
  }

  @Test
  @DisplayName("keeps a distance between calls for a while after a throttle")
  void pace() {
    call(429, "Retry-After=1");
    for (int i = 0; i < 11; i++) {
      call(200);
    }
    assertThat(Duration.between(START, clock.instant())).isEqualTo(Duration.ofMillis(2000));
    clock.sleep(Duration.ofMinutes(6));
    Instant later = clock.instant();
    for (int i = 0; i < 11; i++) {
      call(200);
    }
    assertThat(clock.instant()).isEqualTo(later);
  }

  @Test
  @DisplayName("keeps the distance of two calls after one that costs two units")
  void units() {
    call(429, "Retry-After=1");
    for (int i = 0; i < 11; i++) {
      try (Gate.Pass pass = gate.enter(2)) {
        pass.answered(200, headers());
      }
    }
    assertThat(Duration.between(START, clock.instant())).isEqualTo(Duration.ofMillis(3000));
  }

  @Test
  @DisplayName("spreads what is left of a limit over the time to its reset")
  void scarce() {
    call(200, "RateLimit-Limit=1000", "RateLimit-Remaining=500", "RateLimit-Reset=60");
    call(200);
    assertThat(clock.instant()).isEqualTo(START);
    call(200, "RateLimit-Limit=1000", "RateLimit-Remaining=10", "RateLimit-Reset=60");
    call(200);
    call(200);
    assertThat(Duration.between(START, clock.instant())).isEqualTo(Duration.ofSeconds(6));
    call(200, "RateLimit-Limit=1000", "RateLimit-Remaining=0", "RateLimit-Reset=60");
    gate.enter().close();
    assertThat(Duration.between(START, clock.instant())).isGreaterThan(Duration.ofSeconds(65));
  }

  @Test
  @DisplayName("loses its patience, with words, when the service asks for too much")
  void patience() {
    call(429, "Retry-After=30000");
    assertThatThrownBy(gate::enter)
        .isInstanceOf(PatienceException.class)
        .hasMessageContaining("Microsoft Graph")
        .hasMessageContaining("9 hours")
        .hasMessageContaining("6 hours");
  }

  @Test
  @DisplayName("loses its patience after a storm of throttles without an answer between")
  void storm() {
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                call(429, "Retry-After=300");
              }
            })
        .isInstanceOf(PatienceException.class);
    assertThat(Duration.between(START, clock.instant())).isLessThanOrEqualTo(Duration.ofHours(6));
  }

  @Test
  @DisplayName("survives any number of throttles with answers between")
  void longButAlive() {
    for (int i = 0; i < 1000; i++) {
      call(429, "Retry-After=300");
      call(200);
    }
    assertThat(Duration.between(START, clock.instant())).isGreaterThan(Duration.ofHours(80));
  }

  @Test
  @DisplayName("gives up waiting when the run is stopped")
  void stopped() throws Exception {
    for (int i = 0; i < 4; i++) {
      gate.enter();
    }
    AtomicInteger stoppedWorkers = new AtomicInteger();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Thread worker =
          new Thread(
              () -> {
                try {
                  gate.enter();
                } catch (StoppedException e) {
                  stoppedWorkers.incrementAndGet();
                }
              });
      worker.start();
      workers.add(worker);
    }
    stop.ask();
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(stoppedWorkers).hasValue(3);
  }

  @Test
  @DisplayName("never has more calls in flight than permits, and loses none of many workers")
  void manyWorkers() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Random random = new Random(11);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      Thread worker =
          new Thread(
              () -> {
                for (int call = 0; call < 100; call++) {
                  try (Gate.Pass pass = gate.enter()) {
                    most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                    synchronized (random) {
                      boolean throttle = random.nextInt(20) == 0;
                      int wait = 1 + random.nextInt(20);
                      pass.answered(
                          throttle ? 429 : 200,
                          throttle ? headers("Retry-After=" + wait) : headers());
                    }
                    inFlight.decrementAndGet();
                  }
                }
              });
      worker.start();
      workers.add(worker);
    }
    for (Thread worker : workers) {
      worker.join();
    }
    assertThat(most.get()).isLessThanOrEqualTo(16);
    assertThat(gate.requests()).isEqualTo(3200);
  }

  private void call(int status, String... headers) {
    try (Gate.Pass pass = gate.enter()) {
      pass.answered(status, headers(headers));
    }
  }

  private static Map<String, String> headers(String... headers) {
    Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header : headers) {
      map.put(header.split("=")[0], header.split("=")[1]);
    }
    return map;
  }

  private Gate gate(GateSettings settings) {
    return new Gate(
        settings,
        clock,
        clock,
        stop,
        new Random(5),
        (service, until) -> {
          synchronized (told) {
            told.add(until);
          }
        });
  }
}
