package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Looks over the routes as they were read, before Camel makes anything of them, for what Camel
 * would notice only when a message gets there.
 */
final class RouteCheck {
  private final ModelCamelContext context;
  private final String where;

  RouteCheck(CamelContext context, String where) {
    this.context = (ModelCamelContext) context;
    this.where = where;
  }

  /**
   * Returns when each required endpoint and each one that a step sends to has a route.
   *
   * @throws UsageException when one has not
   */
  void check(Collection<String> required) {
    Set<String> beginnings = new HashSet<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      beginnings.add(endpoint(route.getInput().getEndpointUri()));
    }
    for (String endpoint : required) {
      if (!beginnings.contains(endpoint)) {
        throw new UsageException(
            "no route of " + where + " begins at " + endpoint,
            "add a route from " + endpoint + ", or start again from the routes that ship");
      }
    }
    for (RouteDefinition route : context.getRouteDefinitions()) {
      checkConfigurations(route);
      route.getOutputs().forEach(step -> checkSteps(step, beginnings));
    }
    for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
      configuration.getOnExceptions().forEach(step -> checkSteps(step, beginnings));
      configuration.getOnCompletions().forEach(step -> checkSteps(step, beginnings));
    }
  }

  private void checkSteps(ProcessorDefinition<?> step, Set<String> beginnings) {
    for (String uri : Sends.of(step)) {
      String endpoint = endpoint(uri);
      if (endpoint.startsWith("direct:") && !beginnings.contains(endpoint)) {
        throw new UsageException(
            RouteLocation.of(step) + ": no route begins at " + endpoint,
            "correct the name, or add a route from " + endpoint);
      }
    }
    for (ProcessorDefinition<?> inner : step.getOutputs()) {
      checkSteps(inner, beginnings);
    }
  }

  private void checkConfigurations(RouteDefinition route) {
    String ids = route.getRouteConfigurationId();
    if (ids == null) {
      return;
    }
    for (String id : ids.split(",")) {
      String name = context.resolvePropertyPlaceholders(id.trim());
      if (!name.contains("*") && context.getRouteConfigurationDefinition(name) == null) {
        throw new UsageException(
            RouteLocation.of(route) + ": there is no route configuration " + name,
            "correct routeConfigurationId, or add the configuration (errors.camel.yaml has ours)");
      }
    }
  }

  private String endpoint(String uri) {
    String resolved = uri.contains("{{") ? context.resolvePropertyPlaceholders(uri) : uri;
    int options = resolved.indexOf('?');
    return (options < 0 ? resolved : resolved.substring(0, options))
        .replace("direct://", "direct:");
  }
}
