package io.cloudstic.onedrive.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.client.ContentChangedException;
import io.cloudstic.onedrive.client.FileContent;
import io.cloudstic.onedrive.client.PagedItems;
import io.cloudstic.run.ManualClock;
import io.cloudstic.simulator.Simulator;
import io.cloudstic.simulator.SimulatorOptions;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.DownloadFault;
import io.cloudstic.simulator.wire.Effect.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Against a service in a bad mood")
class HostileServiceTest {
  private static final int FILES = 120;

  @ParameterizedTest(name = "{0}, seed {1}")
  @CsvSource({"BUSINESS,1", "PERSONAL,2", "BUSINESS,3", "PERSONAL,4"})
  @Timeout(120)
  @DisplayName("every file arrives whole and verified, and no call is made inside a fence")
  void everythingArrives(AccountType type, long seed) throws Exception {
    ManualClock clock = new ManualClock();
    SimulatorOptions options =
        SimulatorOptions.lifelike().accountType(type).seed(seed).clock(clock).files(FILES);
    try (Simulator simulator = Simulator.start(options);
        GraphRoutes routes = new GraphRoutes(simulator.graphUrl(), token(simulator), clock)) {
      misbehave(simulator);
      Map<String, DriveItem> files = files(routes);
      assertThat(files).hasSize(FILES);
      ExecutorService workers = Executors.newFixedThreadPool(4);
      try {
        List<Callable<Void>> downloads =
            files.values().stream().map(file -> download(routes, simulator, file)).toList();
        for (Future<Void> done : workers.invokeAll(downloads)) {
          done.get();
        }
      } finally {
        workers.shutdownNow();
      }
      assertThat(simulator.statistics().callsDuringFence()).isZero();
      assertThat(simulator.statistics().tokensAtStorage()).isZero();
      assertThat(simulator.statistics().throttled()).isPositive();
      assertThat(simulator.faults().unreached()).isEmpty();
      assertThat(routes.requests.size()).isZero();
      assertThat(routes.context.getInflightRepository().size()).isZero();
    }
  }

  private static void misbehave(Simulator simulator) {
    Duration pause = Duration.ofSeconds(17);
    simulator
        .faults()
        .on("graph GET .*delta")
        .fromMatch(1)
        .once()
        .then(new Effect.Throttle(429, pause, RetryAfter.SECONDS))
        .on("graph GET .*delta")
        .fromMatch(2)
        .once()
        .then(new Effect.Throttle(503, pause, RetryAfter.DATE))
        .on("graph GET .*delta")
        .fromMatch(3)
        .once()
        .then(new Effect.Shorten(0.5))
        .on("graph GET .*delta")
        .fromMatch(4)
        .once()
        .then(Effect.html(200))
        .on("graph GET .*delta")
        .fromMatch(5)
        .once()
        .then(new Effect.Cut(100))
        .on("graph GET .*delta")
        .fromMatch(6)
        .once()
        .then(new Effect.Reset())
        .on("storage GET")
        .chance(0.15)
        .then(new Effect.Cut(700))
        .on("storage GET")
        .chance(0.05)
        .then(new Effect.Reset())
        .on("storage GET")
        .chance(0.1)
        .then(new Effect.Download(DownloadFault.EXPIRED))
        .on("storage GET")
        .chance(0.05)
        .then(new Effect.Download(DownloadFault.HTML))
        .on("storage GET")
        .chance(0.05)
        .then(new Effect.Download(DownloadFault.RANGE_IGNORED))
        .on("storage GET")
        .chance(0.05)
        .then(new Effect.Download(DownloadFault.RANGE_SHIFTED))
        .on("storage GET")
        .fromMatch(20)
        .once()
        .then(new Effect.Download(DownloadFault.OTHER_BYTES))
        .on("storage GET")
        .fromMatch(60)
        .once()
        .then(new Effect.Download(DownloadFault.OTHER_BYTES))
        .on("storage GET")
        .chance(0.03)
        .then(Effect.empty(503));
  }

  private static Map<String, DriveItem> files(GraphRoutes routes) {
    String drive = routes.graph.drive().id();
    PagedItems items = new PagedItems(routes.graph, routes.graph.deltaFromStart(drive));
    Map<String, DriveItem> files = new HashMap<>();
    while (items.hasNext()) {
      DriveItem item = items.next();
      files.remove(item.id());
      if (item.kind() == ItemKind.FILE && !item.deleted()) {
        files.put(item.id(), item);
      }
    }
    assertThat(items.deltaLink()).isNotNull();
    return files;
  }

  private static Callable<Void> download(GraphRoutes routes, Simulator simulator, DriveItem file) {
    return () -> {
      FileContent content = routes.downloads.of(file.driveId(), file);
      byte[] read = read(content);
      try (InputStream expected =
          simulator.model().byId(file.id()).orElseThrow().content().open(0)) {
        assertThat(read).as(file.name()).isEqualTo(expected.readAllBytes());
      }
      assertThat(content.mark()).as(file.name()).isIn(Mark.HASH, Mark.SIZE);
      return null;
    };
  }

  private static byte[] read(FileContent content) throws IOException {
    while (true) {
      try (InputStream in = content.open()) {
        return in.readAllBytes();
      } catch (ContentChangedException e) {
        assertThat(content.isBegunAgain()).isTrue();
      }
    }
  }

  private static String token(Simulator simulator) throws IOException {
    return new ObjectMapper().readTree(simulator.tokenFile()).path("access_token").asText();
  }
}
