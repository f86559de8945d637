package io.cloudstic.camel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** The steps of routes, as they were read. */
final class Steps {
  private Steps() {}

  /** All steps of a route, those inside others too. */
  static List<ProcessorDefinition<?>> of(RouteDefinition route) {
    return below(route.getOutputs());
  }

  /** All steps of the routes, and of the route configurations that they use. */
  static List<ProcessorDefinition<?>> of(ModelCamelContext context) {
    List<ProcessorDefinition<?>> steps = new ArrayList<>();
    context.getRouteDefinitions().forEach(route -> steps.addAll(of(route)));
    Set<String> used = new HashSet<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      used.addAll(configurations(context, route));
    }
    for (RouteConfigurationDefinition configuration : context.getRouteConfigurationDefinitions()) {
      if (configuration.hasCustomIdAssigned() && !used.contains(configuration.getId())) {
        continue;
      }
      steps.addAll(below(configuration.getOnExceptions()));
      steps.addAll(below(configuration.getOnCompletions()));
    }
    return steps;
  }

  /** The ids of the route configurations that a route names. */
  static List<String> configurations(ModelCamelContext context, RouteDefinition route) {
    String ids = route.getRouteConfigurationId();
    if (ids == null) {
      return List.of();
    }
    return Arrays.stream(context.resolvePropertyPlaceholders(ids).split(","))
        .map(String::trim)
        .toList();
  }

  /** The endpoints that a step sends to, without those that are made of each message. */
  static List<String> endpoints(ProcessorDefinition<?> step) {
    if (step instanceof SendDefinition<?> send) {
      return List.of(send.getEndpointUri());
    }
    if (step instanceof ToDynamicDefinition dynamic
        && dynamic.getUri() != null
        && !dynamic.getUri().contains("${")) {
      return List.of(dynamic.getUri());
    }
    return List.of();
  }

  private static List<ProcessorDefinition<?>> below(
      List<? extends ProcessorDefinition<?>> outputs) {
    List<ProcessorDefinition<?>> steps = new ArrayList<>();
    for (ProcessorDefinition<?> step : outputs) {
      steps.add(step);
      if (step instanceof ChoiceDefinition choice) {
        // Camel does not count the branches of a choice among its outputs.
        choice.getWhenClauses().forEach(when -> steps.addAll(below(when.getOutputs())));
        if (choice.getOtherwise() != null) {
          steps.addAll(below(choice.getOtherwise().getOutputs()));
        }
      } else {
        steps.addAll(below(step.getOutputs()));
      }
    }
    return steps;
  }
}
