package io.cloudstic.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;

/**
 * A route as people see it.
 *
 * @param id the route's id
 * @param from the endpoint that it begins at, without options
 * @param file where it is written
 * @param line where it begins, from 1; 0 when unknown
 * @param steps in their order
 */
public record RouteOutline(String id, String from, String file, int line, List<Step> steps) {
  /**
   * A step.
   *
   * @param id its id
   * @param kind what it is, such as {@code to} or {@code split}
   * @param endpoint what it sends to, without options; null when it sends to nothing named
   * @param steps those inside it
   */
  public record Step(String id, String kind, String endpoint, List<Step> steps) {}

  /** The routes of a runtime, by file and line. */
  public static List<RouteOutline> of(CamelRuntime runtime) {
    ModelCamelContext context = (ModelCamelContext) runtime.context();
    List<RouteOutline> outlines = new ArrayList<>();
    for (RouteDefinition route : context.getRouteDefinitions()) {
      outlines.add(
          new RouteOutline(
              route.getRouteId(),
              endpoint(context, route.getInput().getEndpointUri()),
              RouteSource.name(route.getLocation()),
              Math.max(0, route.getLineNumber()),
              steps(context, route.getOutputs())));
    }
    return outlines;
  }

  private static List<Step> steps(
      ModelCamelContext context, List<? extends ProcessorDefinition<?>> outputs) {
    List<Step> steps = new ArrayList<>();
    for (ProcessorDefinition<?> step : outputs) {
      String endpoint =
          Steps.endpoints(step).stream()
              .findFirst()
              .map(uri -> endpoint(context, uri))
              .orElse(null);
      List<Step> inner =
          step instanceof ChoiceDefinition choice
              ? branches(context, choice)
              : steps(context, step.getOutputs());
      steps.add(new Step(step.getId(), step.getShortName(), endpoint, inner));
    }
    return List.copyOf(steps);
  }

  /** The branches of a choice, which are no steps to Camel. */
  private static List<Step> branches(ModelCamelContext context, ChoiceDefinition choice) {
    List<Step> branches = new ArrayList<>();
    for (WhenDefinition when : choice.getWhenClauses()) {
      branches.add(new Step(when.getId(), "when", null, steps(context, when.getOutputs())));
    }
    OtherwiseDefinition otherwise = choice.getOtherwise();
    if (otherwise != null) {
      branches.add(
          new Step(otherwise.getId(), "otherwise", null, steps(context, otherwise.getOutputs())));
    }
    return List.copyOf(branches);
  }

  private static String endpoint(ModelCamelContext context, String uri) {
    String resolved = uri.contains("{{") ? context.resolvePropertyPlaceholders(uri) : uri;
    int options = resolved.indexOf('?');
    return (options < 0 ? resolved : resolved.substring(0, options))
        .replaceFirst("^direct://", "direct:");
  }
}
