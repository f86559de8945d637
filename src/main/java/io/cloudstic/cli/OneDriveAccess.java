package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.onedrive.auth.SignInSettings;
import io.cloudstic.onedrive.camel.OneDriveSteps;
import io.cloudstic.onedrive.camel.OpenRequests;
import io.cloudstic.onedrive.camel.RouteHttp;
import io.cloudstic.onedrive.client.Downloads;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.onedrive.client.Gate;
import io.cloudstic.onedrive.client.GateSettings;
import io.cloudstic.onedrive.client.GateWatcher;
import io.cloudstic.onedrive.client.GraphClient;
import io.cloudstic.onedrive.client.GraphSettings;
import io.cloudstic.onedrive.client.RetryRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.support.SimpleRegistry;

/** OneDrive for one process: the sign-in, the gates, and the calls through the routes. */
final class OneDriveAccess {
  private static final DateTimeFormatter UNTIL =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

  private final CommandContext context;
  private final SignInSettings signIn;
  private final GraphSettings graph;
  private final OpenRequests requests;
  private final GraphTiming timing;
  private final RetryRule graphRule;
  private final RetryRule downloadRule;
  private final Gate graphGate;
  private final Gate downloadGate;

  /**
   * Access with these settings; nothing is asked of anybody yet.
   *
   * @param concurrency downloads in flight at most
   * @param adaptive whether their number is found out
   */
  OneDriveAccess(
      CommandContext context, BackupProgress progress, int concurrency, boolean adaptive) {
    this(context, progress, concurrency, adaptive, GraphTiming.of(context.settings()));
  }

  /** The same, as patient as this. */
  OneDriveAccess(
      CommandContext context,
      BackupProgress progress,
      int concurrency,
      boolean adaptive,
      GraphTiming timing) {
    this.context = context;
    this.requests = new OpenRequests(context.stop());
    this.signIn = SignIns.settings(context);
    this.graph = GraphSettings.of(signIn.graphUrl(), VersionCommand.version());
    this.timing = timing;
    GateWatcher watcher = (service, until) -> progress.waiting(waiting(service, until), until);
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    this.graphGate =
        new Gate(
            GateSettings.graph(timing.patience()),
            clock,
            context.stop(),
            context.stop(),
            random,
            watcher);
    this.downloadGate =
        new Gate(
            adaptive
                ? GateSettings.adaptiveDownloads(concurrency, timing.patience())
                : GateSettings.downloads(concurrency, timing.patience()),
            clock,
            context.stop(),
            context.stop(),
            random,
            watcher);
    this.graphRule = new RetryRule(random, graphGate::answers, timing.retryDelay());
    this.downloadRule = new RetryRule(random, downloadGate::answers, timing.retryDelay());
  }

  /** Gives the routes the beans that they name. */
  void bind(CamelRuntime.Builder runtime) {
    SimpleRegistry beans = new SimpleRegistry();
    OneDriveSteps.bind(
        beans,
        requests,
        graph,
        SignIns.auth(context).tokens(),
        graphGate,
        downloadGate,
        graphRule,
        context.stop(),
        UUID::randomUUID,
        timing.idle());
    beans.forEach((name, byType) -> runtime.bean(name, byType.values().iterator().next()));
  }

  /** Whether an app signs in as itself. */
  boolean appOnly() {
    return signIn.appOnly();
  }

  /** Calls to Graph through the started routes. */
  GraphClient graph(CamelContext camel) {
    return new GraphClient(
        graph, new RouteHttp(camel, "direct:graph", requests), graphRule, context.stop());
  }

  /** Downloads through the started routes. */
  Downloads downloads(CamelContext camel) {
    return new Downloads(
        graph(camel),
        new RouteHttp(camel, "direct:download", requests),
        graph.trustedHosts(),
        downloadRule,
        context.stop(),
        System::nanoTime,
        graph.userAgent(),
        true);
  }

  /** Calls that change a drive, through the started routes. */
  DriveWriter writer(CamelContext camel) {
    return new DriveWriter(
        graph,
        new RouteHttp(camel, "direct:graph", requests),
        new RouteHttp(camel, "direct:upload", requests),
        graphRule,
        context.stop());
  }

  /** How many calls to Graph were made. */
  long requests() {
    return graphGate.requests();
  }

  /** How long Microsoft made us wait. */
  Duration throttled() {
    return graphGate.throttled().plus(downloadGate.throttled());
  }

  private static String waiting(String service, Instant until) {
    return service + " asked us to wait until " + UNTIL.format(until);
  }
}
