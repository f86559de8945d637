package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.simulator.graph.Limits;
import io.cloudstic.simulator.wire.Effect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The fault plan")
class FaultsTest {
  private Simulator simulator;
  private Caller caller;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.lifelike().files(40).limits(Limits.NONE));
    caller = new Caller(simulator);
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  @DisplayName("strikes from the given match on, as often as asked")
  void counting() {
    simulator
        .faults()
        .on("graph GET /v1.0/me$")
        .fromMatch(2)
        .times(2)
        .then(Effect.graphError(500, "generalException", "passing"));
    assertThat(status()).isEqualTo(200);
    assertThat(status()).isEqualTo(500);
    assertThat(status()).isEqualTo(500);
    assertThat(status()).isEqualTo(200);
  }

  private int status() {
    return caller.get("me").statusCode();
  }

  @Test
  @DisplayName("strikes by chance, the same way for the same seed")
  void chance() throws IOException {
    String first = pattern();
    close();
    start();
    assertThat(pattern()).isEqualTo(first).contains("200").contains("503");
  }

  private String pattern() {
    simulator.faults().on("graph GET").chance(0.5).then(Effect.empty(503));
    StringBuilder statuses = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      statuses.append(status()).append(' ');
    }
    return statuses.toString();
  }

  @Test
  @DisplayName("names the rules that were never reached")
  void unreached() {
    simulator.faults().on("graph GET .*nothing").then(new Effect.Reset());
    status();
    assertThat(simulator.faults().unreached()).hasSize(1);
    simulator.faults().clear();
    assertThat(simulator.faults().unreached()).isEmpty();
  }

  @Test
  @DisplayName("closes connections before the answer, and in the middle of a page")
  void brokenConnections() {
    // The JDK's client silently repeats a GET whose connection closed without an answer.
    simulator.faults().on("graph GET .*me$").times(4).then(new Effect.Reset());
    assertThatThrownBy(() -> caller.get("me")).isInstanceOf(UncheckedIOException.class);
    simulator.faults().clear();
    simulator.faults().on("graph GET .*delta").once().then(new Effect.Cut(500));
    assertThatThrownBy(() -> caller.get("me/drive/root/delta"))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(caller.get("me/drive/root/delta").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("sends whole answers that hold half a document, pages for people, and nothing")
  void brokenDocuments() {
    simulator.faults().on("delta").once().then(new Effect.Shorten(0.5));
    var half = caller.get("me/drive/root/delta");
    assertThat(half.statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> Caller.json(half.body())).isInstanceOf(AssertionError.class);
    simulator.faults().on("delta").once().then(Effect.html(200));
    assertThat(caller.get("me/drive/root/delta").body()).contains("<html>");
    simulator.faults().on("delta").once().then(Effect.empty(502));
    assertThat(caller.get("me/drive/root/delta").body()).isEmpty();
  }

  @Test
  @DisplayName("waits before the answer")
  void delay() {
    simulator.faults().on("me$").once().then(new Effect.Delay(Duration.ofMillis(200)));
    long begun = System.nanoTime();
    status();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(190));
  }
}
