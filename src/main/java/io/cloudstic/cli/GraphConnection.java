package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.onedrive.Graph;
import java.time.Duration;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;

/** The routes to Graph alone, for commands that look and back nothing up; not very patient. */
final class GraphConnection implements AutoCloseable {
  /** Whoever looks how things are does not wait for hours. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CamelRuntime runtime;
  private final Graph graph;

  private GraphConnection(CamelRuntime runtime, Graph graph) {
    this.runtime = runtime;
    this.graph = graph;
  }

  static GraphConnection open(CommandContext context) {
    GraphTiming usual = GraphTiming.of(context.settings());
    OneDriveAccess access =
        new OneDriveAccess(
            context,
            new BackupProgress(),
            1,
            false,
            new GraphTiming(PATIENCE, usual.retryDelay(), usual.idle()));
    CamelRuntime.Builder builder =
        CamelRuntime.builder(context.settings().routes(), context.settings().properties())
            .routes("errors", "graph")
            .require("direct:graph", "direct:download")
            // errors.camel.yaml names them for the stores, none of which is called here.
            .bean("passingFault", (Predicate) exchange -> false)
            .bean("retryNotice", (Processor) exchange -> {});
    access.bind(builder);
    CamelRuntime runtime = builder.start();
    return new GraphConnection(runtime, access.graph(runtime.context()));
  }

  Graph graph() {
    return graph;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
