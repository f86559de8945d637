package io.cloudstic.onedrive.camel;

import io.cloudstic.onedrive.auth.TokenSource;
import io.cloudstic.onedrive.client.Gate;
import io.cloudstic.onedrive.client.GraphSettings;
import io.cloudstic.onedrive.client.RetryRule;
import io.cloudstic.run.Sleeper;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;

/**
 * Binds the beans that {@code graph.camel.yaml} and the Graph part of {@code errors.camel.yaml}
 * name. They belong to one run.
 */
public final class OneDriveSteps {
  /** How long a body may bring nothing before the connection is given up, unless it is set. */
  public static final Duration IDLE = Duration.ofSeconds(60);

  private OneDriveSteps() {}

  /**
   * Binds the steps, before the routes start.
   *
   * @param tokens for Graph
   * @param graphGate that all Graph calls pass
   * @param downloadGate that all requests to storage hosts pass
   * @param rule for Graph calls
   * @param ids for {@code client-request-id}
   * @param idle how long a body may bring nothing before the connection is given up
   */
  public static void bind(
      Registry registry,
      OpenRequests requests,
      GraphSettings settings,
      TokenSource tokens,
      Gate graphGate,
      Gate downloadGate,
      RetryRule rule,
      Sleeper sleeper,
      Supplier<UUID> ids,
      Duration idle) {
    GateSteps graph = new GateSteps(graphGate);
    GateSteps download = new GateSteps(downloadGate);
    TokenSteps token = new TokenSteps(tokens, settings.trustedHosts(), ids);
    registry.bind("streamingHttp", new StreamingHttpClient(requests, idle));
    registry.bind("graphGate", graph.enter());
    registry.bind("graphAnswer", graph.answered());
    registry.bind("graphLeave", graph.leave());
    registry.bind("graphToken", token.attach());
    registry.bind("graphTokenOff", token.detach());
    registry.bind("graphErrors", new RefuseErrors());
    registry.bind("graphRetry", new RetryStep(rule, sleeper));
    registry.bind("downloadGate", download.enter());
    registry.bind("downloadAnswer", download.answered());
    registry.bind("downloadLeave", download.leave());
  }
}
