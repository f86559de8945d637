package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.auth.TokenSource;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.client.Gate;
import io.cloudstic.onedrive.client.GateSettings;
import io.cloudstic.onedrive.client.GateWatcher;
import io.cloudstic.onedrive.client.GraphClient;
import io.cloudstic.onedrive.client.GraphSettings;
import io.cloudstic.onedrive.client.RetryRule;
import io.cloudstic.run.ManualClock;
import io.cloudstic.run.Sleeper;
import io.cloudstic.run.Stop;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The real route files in a context of their own, with a clock that sleeping moves on. */
final class GraphRoutes implements AutoCloseable {
  final DefaultCamelContext context = new DefaultCamelContext();
  final Stop stop = new Stop();
  final OpenRequests requests = new OpenRequests(stop);
  final List<Duration> slept = new CopyOnWriteArrayList<>();
  final List<String> tokensAskedFor = new CopyOnWriteArrayList<>();
  final ManualClock clock;
  final Gate graphGate;
  final Gate downloadGate;
  final RouteHttp graphHttp;
  final RouteHttp downloadHttp;
  final GraphClient graph;
  final Downloads downloads;
  private final String firstToken;

  /** Graph is at this origin; its tokens are made up. */
  GraphRoutes(String graphOrigin) throws Exception {
    this(graphOrigin + "/v1.0", "token-1", new ManualClock());
  }

  GraphRoutes(String graphUrl, String firstToken, ManualClock clock) throws Exception {
    this(graphUrl, firstToken, clock, OneDriveSteps.IDLE);
  }

  GraphRoutes(String graphUrl, String firstToken, ManualClock clock, Duration idle)
      throws Exception {
    this.firstToken = firstToken;
    this.clock = clock;
    GraphSettings settings = GraphSettings.of(URI.create(graphUrl), "1");
    Random random = new Random(1);
    Sleeper sleeper = this::sleep;
    RetryRule rule = new RetryRule(random);
    Duration patience = Duration.ofHours(6);
    graphGate =
        new Gate(GateSettings.graph(patience), clock, sleeper, stop, random, GateWatcher.NONE);
    downloadGate =
        new Gate(
            GateSettings.downloads(8, patience), clock, sleeper, stop, random, GateWatcher.NONE);
    OneDriveSteps.bind(
        context.getRegistry(),
        requests,
        settings,
        new Tokens(),
        graphGate,
        downloadGate,
        rule,
        sleeper,
        UUID::randomUUID,
        idle);
    context.getRegistry().bind("passingFault", (org.apache.camel.Predicate) exchange -> false);
    context.getPropertiesComponent().setLocation("file:application.properties");
    for (String file : List.of("errors", "graph")) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              ResourceHelper.resolveMandatoryResource(
                  context, "file:routes/" + file + ".camel.yaml"));
    }
    context.start();
    graphHttp = new RouteHttp(context, "direct:graph", requests);
    downloadHttp = new RouteHttp(context, "direct:download", requests);
    graph = new GraphClient(settings, graphHttp, rule, sleeper);
    downloads =
        new Downloads(
            graph,
            downloadHttp,
            settings.trustedHosts(),
            rule,
            sleeper,
            () -> 0,
            settings.userAgent(),
            true);
  }

  private void sleep(Duration duration) {
    stop.check();
    slept.add(duration);
    clock.advance(duration);
  }

  @Override
  public void close() {
    context.stop();
  }

  /** A new token after each rejection. */
  private final class Tokens implements TokenSource {
    @Override
    public String bearer() {
      tokensAskedFor.add("bearer");
      return firstToken;
    }

    @Override
    public String refreshAfterRejection(String rejected, String claims) {
      tokensAskedFor.add("after " + rejected);
      return "token-2";
    }
  }
}
