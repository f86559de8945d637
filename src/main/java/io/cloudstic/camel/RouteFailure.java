package io.cloudstic.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.UsageException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.TypeConversionException;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.URISupport;

/** Says in which line of a route file Camel found what it refused, and why. */
final class RouteFailure {
  /** How the YAML parser says where; of several places in one message the last is the mistake's. */
  private static final Pattern MARK =
      Pattern.compile(
          "([^\\n]*)\\n\\s*in ((?:file|classpath):[^\\n]*), line (\\d+), column (\\d+)");

  private static final Pattern PROPERTY =
      Pattern.compile("Property with key \\[([^]]+)] not found");
  private static final Pattern OPTIONS = Pattern.compile("Unknown parameters=\\[\\{([^=,}]+)");
  private static final Pattern DUPLICATE =
      Pattern.compile("Duplicate route ids detected: (\\S+)\\.");
  private static final Pattern BEAN = Pattern.compile("Error creating bean: (\\S+) of type");
  private static final Pattern POOL = Pattern.compile("ExecutorServiceRef (\\S+) not found");

  private final ModelCamelContext context;
  private final RouteSource source;

  private RouteFailure(CamelContext context, RouteSource source) {
    this.context = (ModelCamelContext) context;
    this.source = source;
  }

  /** What a user is told of an exception from reading or starting the routes. */
  static CloudsticException of(Exception failure, CamelContext context, RouteSource source) {
    return new RouteFailure(context, source).translate(failure);
  }

  private CloudsticException translate(Exception failure) {
    FailedToCreateRouteException refused = null;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CloudsticException ours) {
        return ours;
      }
      if (t instanceof FailedToCreateRouteException route) {
        refused = route;
      }
      Throwable cause = t;
      Optional<String> told =
          marked(t).or(() -> missingProperty(cause)).or(() -> duplicateId(cause));
      if (told.isPresent()) {
        return new UsageException(told.get(), null, failure);
      }
    }
    Mistake mistake = mistake(failure);
    String place = refused == null ? bean(failure) : place(refused, mistake).toString();
    return new UsageException(place + ": " + mistake.reason(), null, failure);
  }

  private static Optional<String> marked(Throwable t) {
    Matcher mark = MARK.matcher(String.valueOf(t.getMessage()));
    String told = null;
    while (mark.find()) {
      Place place =
          new Place(
              RouteSource.name(mark.group(2)),
              Integer.parseInt(mark.group(3)),
              Integer.parseInt(mark.group(4)));
      told = place + ": " + mark.group(1).strip();
    }
    return Optional.ofNullable(told);
  }

  private Optional<String> missingProperty(Throwable t) {
    Matcher missing = PROPERTY.matcher(String.valueOf(t.getMessage()));
    if (!missing.find()) {
      return Optional.empty();
    }
    String key = missing.group(1);
    return Optional.of(find(key) + ": there is no property " + key);
  }

  private Optional<String> duplicateId(Throwable t) {
    Matcher duplicate = DUPLICATE.matcher(String.valueOf(t.getMessage()));
    if (!duplicate.find()) {
      return Optional.empty();
    }
    String id = duplicate.group(1);
    return Optional.of(find("id: " + id) + ": another route has the id " + id + " too");
  }

  /** Where a bean is declared that could not be made. */
  private String bean(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      Matcher bean = BEAN.matcher(String.valueOf(t.getMessage()));
      if (bean.find()) {
        return find("name: " + bean.group(1));
      }
    }
    return "the routes";
  }

  private String find(String word) {
    return source.find(word).map(Place::toString).orElse("the routes");
  }

  private Place place(FailedToCreateRouteException refused, Mistake mistake) {
    RouteDefinition route = context.getRouteDefinition(refused.getRouteId());
    if (route == null) {
      return new Place("the routes", 0, 0);
    }
    return source.of(node(refused, route, mistake), mistake.word());
  }

  /** The step that was refused: the one of the refused endpoint, else the one Camel points at. */
  private LineNumberAware node(
      FailedToCreateRouteException refused, RouteDefinition route, Mistake mistake) {
    for (ProcessorDefinition<?> step : Steps.of(route)) {
      if (Steps.endpoints(step).stream().anyMatch(uri -> isSame(uri, mistake.endpoint()))) {
        return step;
      }
    }
    for (ProcessorDefinition<?> step : route.getOutputs()) {
      String at = ">>> " + URISupport.sanitizeUri(step.toString()) + " <<<";
      if (refused.getMessage().contains(at)) {
        return step;
      }
    }
    return route;
  }

  private boolean isSame(String uri, String refused) {
    try {
      String resolved = context.resolvePropertyPlaceholders(uri);
      return URISupport.normalizeUri(resolved).equals(URISupport.normalizeUri(refused));
    } catch (Exception e) {
      return false;
    }
  }

  /**
   * What is wrong.
   *
   * @param reason in words; never an endpoint's options, which may hold a secret
   * @param word what to look for in the file, or empty
   * @param endpoint the refused endpoint, or empty
   */
  private record Mistake(String reason, String word, String endpoint) {}

  private static Mistake mistake(Throwable failure) {
    String endpoint = "";
    Throwable last = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      last = t;
      if (t instanceof NoSuchEndpointException unknown) {
        String scheme = scheme(unknown.getUri());
        return new Mistake("there is no component " + scheme, scheme, unknown.getUri());
      }
      if (t instanceof ResolveEndpointFailedException refused) {
        endpoint = refused.getUri();
        Matcher option = OPTIONS.matcher(refused.getMessage());
        if (option.find()) {
          String name = option.group(1).strip();
          return new Mistake(
              "the component " + scheme(endpoint) + " has no option " + name, name, endpoint);
        }
      }
      if (t instanceof NoSuchBeanException missing) {
        return new Mistake("there is no bean " + missing.getName(), missing.getName(), endpoint);
      }
      if (t instanceof SimpleIllegalSyntaxException wrong) {
        String reason = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        return new Mistake("not an expression: " + reason, wrong.getExpression(), endpoint);
      }
      if (t instanceof TypeConversionException wrong) {
        String value = String.valueOf(wrong.getValue());
        String type = wrong.getToType().getSimpleName();
        return new Mistake("\"" + value + "\" is not of type " + type, value, endpoint);
      }
      if (t instanceof ClassNotFoundException missing) {
        return new Mistake("there is no class " + missing.getMessage(), missing.getMessage(), "");
      }
    }
    String said = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
    Matcher pool = POOL.matcher(said);
    if (pool.find()) {
      return new Mistake("there is no thread pool " + pool.group(1), pool.group(1), "");
    }
    return new Mistake(said, "", endpoint);
  }

  private static String scheme(String uri) {
    return uri.substring(0, Math.max(0, uri.indexOf(':')));
  }
}
