package io.cloudstic.camel;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The routes that only the program itself sends to. */
final class InnerRoutes {
  private static final Set<String> SCHEMES = Set.of("direct", "seda", "disruptor");

  private InnerRoutes() {}

  /** Keeps all others from starting, unless the runtime serves. */
  static void startOnly(CamelContext context, boolean serving) {
    if (serving) {
      return;
    }
    for (RouteDefinition route : ((ModelCamelContext) context).getRouteDefinitions()) {
      String uri = route.getInput().getEndpointUri();
      if (!SCHEMES.contains(uri.substring(0, Math.max(0, uri.indexOf(':'))))) {
        route.setAutoStartup("false");
      }
    }
  }
}
