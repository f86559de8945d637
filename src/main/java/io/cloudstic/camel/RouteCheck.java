package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Looks over the routes as they were read, before Camel makes anything of them, for what Camel
 * would notice only when a message gets there, or say nothing useful about.
 */
final class RouteCheck {
  private final ModelCamelContext context;
  private final RouteSource source;
  private final String where;

  /**
   * A check of the routes of an initialised context.
   *
   * @param where the files' directory, for messages
   */
  RouteCheck(CamelContext context, RouteSource source, String where) {
    this.context = (ModelCamelContext) context;
    this.source = source;
    this.where = where;
  }

  /**
   * Returns when each required endpoint, and each {@code direct:} one that a step sends to, has one
   * route, each named route configuration exists, no id is taken twice, and no option of a URL
   * seems to be misspelt.
   *
   * @throws UsageException when it is not so
   */
  void check(Collection<String> required) {
    Set<String> beginnings = beginnings();
    for (String endpoint : required) {
      if (!beginnings.contains(endpoint)) {
        throw new UsageException(
            "no route of " + where + " begins at " + endpoint,
            "add a route from " + endpoint + ", or start again from the routes that ship");
      }
    }
    context.getRouteDefinitions().forEach(this::checkConfigurations);
    UrlOptions urlOptions = new UrlOptions(context);
    for (ProcessorDefinition<?> step : Steps.of(context)) {
      checkBeans(step);
      for (String uri : Steps.endpoints(step)) {
        urlOptions.check(resolved(uri), option -> source.of(step, option));
        String endpoint = endpoint(uri);
        if (endpoint.startsWith("direct:") && !beginnings.contains(endpoint)) {
          throw new UsageException(
              source.of(step, endpoint) + ": no route begins at " + endpoint,
              "correct the name, or add a route from " + endpoint);
        }
      }
    }
  }

  /** Camel passes over these without a word when there is no such bean. */
  private void checkBeans(ProcessorDefinition<?> step) {
    if (!(step instanceof OnExceptionDefinition handler)) {
      return;
    }
    for (String ref :
        Arrays.asList(handler.getOnRedeliveryRef(), handler.getOnExceptionOccurredRef())) {
      String name = ref == null ? null : ref.replaceFirst("^#(bean:)?", "");
      if (name != null && context.getRegistry().lookupByName(name) == null) {
        throw new UsageException(
            source.of(step, name) + ": there is no bean " + name, "correct the bean's name");
      }
    }
  }

  private Set<String> beginnings() {
    Map<String, RouteDefinition> ids = new HashMap<>();
    Set<String> beginnings = new HashSet<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      String endpoint = endpoint(route.getInput().getEndpointUri());
      if (!beginnings.add(endpoint) && endpoint.startsWith("direct:")) {
        throw new UsageException(
            source.of(route) + ": another route begins at " + endpoint + " too",
            "let one route begin there");
      }
      RouteDefinition other = ids.put(route.getRouteId(), route);
      if (other != null) {
        throw new UsageException(
            source.of(route)
                + ": the id "
                + route.getRouteId()
                + " is taken by "
                + source.of(other),
            "give each route an id of its own");
      }
    }
    return beginnings;
  }

  private void checkConfigurations(RouteDefinition route) {
    for (String id : Steps.configurations(context, route)) {
      if (!id.contains("*") && context.getRouteConfigurationDefinition(id) == null) {
        throw new UsageException(
            source.of(route, id) + ": there is no route configuration " + id,
            "correct routeConfigurationId, or add the configuration (errors.camel.yaml has ours)");
      }
    }
  }

  private String endpoint(String uri) {
    String resolved = resolved(uri);
    int options = resolved.indexOf('?');
    String name = options < 0 ? resolved : resolved.substring(0, options);
    return name.replaceFirst("^direct://", "direct:");
  }

  private String resolved(String uri) {
    return uri.contains("{{") ? context.resolvePropertyPlaceholders(uri) : uri;
  }
}
