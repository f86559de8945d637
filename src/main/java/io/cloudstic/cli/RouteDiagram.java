package io.cloudstic.cli;

import io.cloudstic.camel.RouteOutline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes as a Mermaid flowchart: a box for each route, its steps by their ids, and dotted arrows
 * from a step to the route that it calls. Not thread-safe; draws once.
 */
final class RouteDiagram {
  private final StringBuilder text = new StringBuilder("flowchart TD\n");
  private final StringBuilder calls = new StringBuilder();
  private final Map<String, String> beginnings = new HashMap<>();
  private int nodes;

  private RouteDiagram(List<RouteOutline> routes) {
    for (int i = 0; i < routes.size(); i++) {
      beginnings.putIfAbsent(routes.get(i).from(), "r" + i);
    }
    for (int i = 0; i < routes.size(); i++) {
      draw(routes.get(i), i);
    }
    text.append(calls);
  }

  /** The text of the chart. */
  static String of(List<RouteOutline> routes) {
    return new RouteDiagram(routes).text.toString();
  }

  private void draw(RouteOutline route, int number) {
    text.append("  subgraph g").append(number).append(label(route.id())).append('\n');
    String begin = "r" + number;
    text.append("    ").append(begin).append("([\"").append(escaped(route.from())).append("\"])\n");
    draw(route.steps(), begin, "    ");
    text.append("  end\n");
  }

  private void draw(List<RouteOutline.Step> steps, String before, String indent) {
    String last = before;
    for (RouteOutline.Step step : steps) {
      String node = "s" + nodes++;
      String what = step.endpoint() == null ? step.kind() : step.endpoint();
      text.append(indent)
          .append(node)
          .append("[\"")
          .append(escaped(step.id() == null ? step.kind() : step.id()))
          .append("<br/>")
          .append(escaped(what))
          .append("\"]\n");
      text.append(indent).append(last).append(" --> ").append(node).append('\n');
      String called = step.endpoint() == null ? null : beginnings.get(step.endpoint());
      if (called != null) {
        calls.append("  ").append(node).append(" -.-> ").append(called).append('\n');
      }
      draw(step.steps(), node, indent + "  ");
      last = node;
    }
  }

  private static String label(String name) {
    return "[\"" + escaped(name) + "\"]";
  }

  /** Mermaid reads entities by number or name between # and ;. */
  private static String escaped(String name) {
    return name.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;");
  }
}
