package io.cloudstic.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/**
 * One document that is written while its elements are found. When the command fails in between,
 * {@link Failures} adds what failed as the last element, so that standard output is one document in
 * any case.
 */
final class JsonArray {
  private final PrintWriter out;
  private final String separator;
  private boolean open = true;
  private boolean any;

  /**
   * Begins the array; {@link Console} keeps it for whoever has to end it.
   *
   * @param separator what stands between two elements: a comma, and perhaps a new line
   */
  JsonArray(PrintWriter out, String separator) {
    this.out = out;
    this.separator = separator;
    out.print("[");
  }

  void add(JsonNode element) {
    begin();
    out.print(Json.line(element));
  }

  /** Puts a comma where one is needed, for an element that the caller writes itself. */
  void begin() {
    out.print(any ? separator : "");
    any = true;
  }

  boolean isOpen() {
    return open;
  }

  void end() {
    out.println("]");
    out.flush();
    open = false;
  }
}
