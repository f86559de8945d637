package io.cloudstic.camel;

import org.apache.camel.LineNumberAware;

/** Where in a route file something stands. */
final class RouteLocation {
  private RouteLocation() {}

  /** File and line, or as much of it as the parser has kept. */
  static String of(LineNumberAware node) {
    String file = file(node.getLocation());
    return node.getLineNumber() > 0 ? file + ":" + node.getLineNumber() : file;
  }

  /** The file of a location as Camel writes it. */
  static String file(String location) {
    if (location == null) {
      return "a route";
    }
    return location.replaceFirst("^(file|classpath):(//)?", "");
  }
}
