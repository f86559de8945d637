package io.cloudstic.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.run.ManualClock;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.Content;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.GeneratedContent;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The storage host")
class StorageServerTest {
  private static final int SIZE = 300_001;

  private final ManualClock clock = new ManualClock();
  private Simulator simulator;
  private DriveModel drive;
  private Item file;
  private byte[] expected;
  private String url;

  @BeforeEach
  void start() throws IOException {
    simulator = Simulator.start(SimulatorOptions.lifelike().clock(clock));
    drive = simulator.model();
    Content content = new GeneratedContent(5, SIZE, false);
    try (InputStream in = content.open(0)) {
      expected = in.readAllBytes();
    }
    file = drive.put("/big.bin", content);
    url = url(file);
  }

  private String url(Item item) {
    return new Caller(simulator)
        .get("me/drive/items/" + item.id() + "/content")
        .headers()
        .firstValue("Location")
        .orElseThrow();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  private void fault(Effect effect) {
    simulator.faults().on("storage GET").once().then(effect);
  }

  @Test
  @DisplayName("gives a whole file, and counts who asked for it")
  void whole() throws Exception {
    HttpResponse<byte[]> answer = Caller.bytes(url);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(expected);
    assertThat(file.downloads()).isEqualTo(1);
    assertThat(simulator.statistics().downloads()).isEqualTo(1);
  }

  @Test
  @DisplayName("refuses whoever shows a token, and remembers it")
  void token() throws Exception {
    assertThat(Caller.bytes(url, "Authorization", "Bearer x").statusCode()).isEqualTo(401);
    assertThat(simulator.statistics().tokensAtStorage()).isEqualTo(1);
    assertThat(simulator.statistics().tokenSeenAt()).anyMatch(seen -> seen.startsWith("storage"));
  }

  @Test
  @DisplayName("refuses a URL that has expired, was revoked, or was tampered with")
  void expiry() throws Exception {
    String revoked = url(file);
    simulator.expireDownloadUrls();
    assertThat(Caller.bytes(revoked).statusCode()).isEqualTo(401);
    String fresh = url(file);
    assertThat(Caller.bytes(fresh.replace("tempauth=", "tempauth=A")).statusCode()).isEqualTo(401);
    assertThat(Caller.bytes(fresh).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(61));
    assertThat(Caller.bytes(fresh).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("gives parts: 206 with Content-Range, 416 past the end, everything for odd ranges")
  void ranges() throws Exception {
    HttpResponse<byte[]> part = Caller.bytes(url, "Range", "bytes=1000-");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range"))
        .hasValue("bytes 1000-" + (SIZE - 1) + "/" + SIZE);
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(expected, 1000, SIZE));
    HttpResponse<byte[]> middle = Caller.bytes(url, "Range", "bytes=13-29");
    assertThat(middle.body()).isEqualTo(Arrays.copyOfRange(expected, 13, 30));
    HttpResponse<byte[]> past = Caller.bytes(url, "Range", "bytes=" + SIZE + "-");
    assertThat(past.statusCode()).isEqualTo(416);
    assertThat(past.headers().firstValue("Content-Range")).hasValue("bytes */" + SIZE);
    assertThat(Caller.bytes(url, "Range", "bytes=-5").statusCode()).isEqualTo(200);
    String tag = part.headers().firstValue("ETag").orElseThrow();
    assertThat(Caller.bytes(url, "Range", "bytes=5-", "If-Range", tag).statusCode()).isEqualTo(206);
    drive.edit(file, BytesContent.of("other"));
    assertThat(Caller.bytes(url, "Range", "bytes=1-", "If-Range", tag).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("spoils ranges as the plan says")
  void spoiltRanges() throws Exception {
    fault(new Effect.Download(DownloadFault.RANGE_IGNORED));
    assertThat(Caller.bytes(url, "Range", "bytes=9-").statusCode()).isEqualTo(200);
    fault(new Effect.Download(DownloadFault.RANGE_SHIFTED));
    assertThat(Caller.bytes(url, "Range", "bytes=9-").headers().firstValue("Content-Range"))
        .hasValue("bytes 8-" + (SIZE - 1) + "/" + SIZE);
    fault(new Effect.Download(DownloadFault.RANGE_REFUSED));
    assertThat(Caller.bytes(url, "Range", "bytes=9-").statusCode()).isEqualTo(416);
    assertThat(simulator.faults().unreached()).isEmpty();
  }

  @Test
  @DisplayName("cuts the connection in the middle, before the announced length")
  void cut() throws Exception {
    fault(new Effect.Cut(100_000));
    assertThatThrownBy(() -> Caller.bytes(url)).isInstanceOf(IOException.class);
    assertThat(Caller.bytes(url, "Range", "bytes=100000-").body())
        .isEqualTo(Arrays.copyOfRange(expected, 100_000, SIZE));
  }

  @Test
  @DisplayName("lets the drive change while bytes flow, and finishes what it began")
  void mutationInMidBody() throws Exception {
    fault(new Effect.During(50_000, () -> drive.edit(file, BytesContent.of("new"))));
    assertThat(Caller.bytes(url).body()).isEqualTo(expected);
    assertThat(new String(Caller.bytes(url).body(), StandardCharsets.UTF_8)).isEqualTo("new");
  }

  @Test
  @DisplayName("serves other bytes than announced, and pages instead of bytes")
  void lies() throws Exception {
    drive.oddities().serve(file, new GeneratedContent(6, 1_000, false));
    assertThat(Caller.bytes(url).body()).hasSize(1_000);
    drive.oddities().serve(file, null);
    fault(new Effect.Download(DownloadFault.OTHER_BYTES));
    assertThat(Caller.bytes(url).body()).hasSize(SIZE).isNotEqualTo(expected);
    fault(new Effect.Download(DownloadFault.HTML));
    HttpResponse<byte[]> page = Caller.bytes(url);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
  }

  @Test
  @DisplayName("refuses infected, locked and deleted files in its own words")
  void refusals() throws Exception {
    Item infected = drive.put("/virus.exe", "x");
    String infectedUrl = url(infected);
    drive.oddities().mark(infected, Trait.MALWARE);
    HttpResponse<byte[]> answer = Caller.bytes(infectedUrl);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.headers().firstValue("X-Virus-Infected")).isPresent();
    drive.delete(file);
    assertThat(Caller.bytes(url).statusCode()).isEqualTo(404);
  }

  @Test
  @DisplayName("stalls for as long as the plan says")
  void stall() throws Exception {
    fault(new Effect.Stall(10, Duration.ofMillis(300)));
    long begun = System.nanoTime();
    assertThat(Caller.bytes(url).body()).isEqualTo(expected);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(280));
  }
}
