package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteOutline;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Parameters;

/** {@code cloudstic routes check|list|diagram}: the routes in use. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic routes check            read all routes as a backup would, and run none",
      "cloudstic routes list",
      "cloudstic routes diagram          a flowchart in Mermaid's language",
      "cloudstic routes diagram backup   of one route"
    })
final class RoutesCommand extends Command {
  @Parameters(index = "0", arity = "1", paramLabel = "check|list|diagram")
  String action;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "[ROUTE]",
      description = "with diagram: only this one")
  String route;

  @Override
  ExitCode run(CommandContext context) {
    if (!List.of("check", "list", "diagram").contains(action)) {
      throw new UsageException(
          "routes " + action + " is unknown", "one of: routes check, routes list, routes diagram");
    }
    if (route != null && !action.equals("diagram")) {
      throw new UsageException("routes " + action + " takes no further argument", null);
    }
    List<RouteOutline> routes = read(context);
    switch (action) {
      case "check" -> checked(context, routes);
      case "list" -> list(context, routes);
      default -> diagram(context, routes);
    }
    context.console().out().flush();
    return ExitCode.DONE;
  }

  /** Starts the routes as commands do, with the store in use and with each other kind of store. */
  private static List<RouteOutline> read(CommandContext context) {
    List<RouteOutline> routes = new ArrayList<>();
    StoreUri own = StoreAccess.uri(context);
    List<StoreUri> stores = new ArrayList<>(List.of(own));
    for (String other : List.of("local:routes-check", "s3:routes-check")) {
      StoreUri uri = StoreUri.parse(other);
      if (uri.getClass() != own.getClass()) {
        stores.add(uri);
      }
    }
    for (StoreUri store : stores) {
      BackupBeans beans =
          new BackupBeans(
              context,
              new BackupFlags(),
              SourceSpec.parse("onedrive-changes"),
              new BackupProgress(),
              store);
      try (CamelRuntime runtime = beans.check()) {
        for (RouteOutline outline : RouteOutline.of(runtime)) {
          boolean known =
              routes.stream()
                  .anyMatch(
                      one -> one.id().equals(outline.id()) && one.file().equals(outline.file()));
          if (!known) {
            routes.add(outline);
          }
        }
      }
    }
    routes.sort(
        Comparator.comparing(RouteOutline::file)
            .thenComparing(RouteOutline::line)
            .thenComparing(RouteOutline::id));
    return routes;
  }

  private void checked(CommandContext context, List<RouteOutline> routes) {
    long files = routes.stream().map(RouteOutline::file).distinct().count();
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("ok", true);
      document.put("routes", routes.size());
      document.put("files", files);
      context.printJson(document);
    } else {
      context
          .console()
          .out()
          .println(routes.size() + " routes in " + files + " files: no mistake was found");
    }
  }

  private void list(CommandContext context, List<RouteOutline> routes) {
    if (global.json) {
      ArrayNode array = Json.object().arrayNode();
      for (RouteOutline one : routes) {
        ObjectNode json = array.addObject();
        json.put("id", one.id());
        json.put("from", one.from());
        json.put("file", one.file());
        json.put("line", one.line());
      }
      context.printJson(array);
      return;
    }
    int ids = routes.stream().mapToInt(one -> one.id().length()).max().orElse(0);
    int from = routes.stream().mapToInt(one -> one.from().length()).max().orElse(0);
    for (RouteOutline one : routes) {
      context
          .console()
          .out()
          .printf(
              "%-" + ids + "s  %-" + from + "s  %s:%d%n",
              one.id(),
              one.from(),
              Path.of(one.file()).getFileName(),
              one.line());
    }
  }

  private void diagram(CommandContext context, List<RouteOutline> routes) {
    List<RouteOutline> chosen =
        routes.stream().filter(one -> route == null || one.id().equals(route)).toList();
    if (chosen.isEmpty()) {
      throw new UsageException("there is no route " + route, "see: cloudstic routes list");
    }
    String chart = RouteDiagram.of(chosen);
    if (global.json) {
      context.printJson(Json.object().put("mermaid", chart));
    } else {
      context.console().out().print(chart);
    }
  }
}
