package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NamedNode;

/** The text of the route files in use, in which the place of a mistake is found. */
final class RouteSource {
  /** How far below the beginning of a step its options may stand. */
  private static final int STEP_LINES = 60;

  private final Map<String, List<String>> files = new LinkedHashMap<>();

  /**
   * Reads the files.
   *
   * @param locations as Camel writes them: {@code file:…} or {@code classpath:…}
   * @throws UsageException when one cannot be read, or is not a list, of which Camel would say
   *     nothing
   */
  RouteSource(List<String> locations) {
    for (String location : locations) {
      List<String> lines = read(location);
      files.put(name(location), lines);
      checkList(name(location), lines);
    }
  }

  /** The file of a location as Camel writes it. */
  static String name(String location) {
    return location == null ? "a route" : location.replaceFirst("^(file|classpath):(//)?", "");
  }

  /** Where a route or step begins. */
  Place of(LineNumberAware node) {
    String file = name(node.getLocation());
    List<String> lines = files.getOrDefault(file, List.of());
    int line = node.getLineNumber();
    if (line <= 0) {
      return new Place(file, 0, 0);
    }
    // The parser reports the line before the step's first option: in block style that is the line
    // of
    // the step itself, in flow style ({…}) the step stands one line below.
    String step = node instanceof NamedNode named ? named.getShortName() + ":" : "\n";
    boolean below = line < lines.size() && lines.get(line).contains(step);
    boolean here = line <= lines.size() && lines.get(line - 1).contains(step);
    return new Place(file, below && !here ? line + 1 : line, 0);
  }

  /** Where a word stands in a step: its own place if found, else where the step begins. */
  Place of(LineNumberAware node, String word) {
    Place step = of(node);
    if (step.line() == 0 || word.isEmpty()) {
      return step;
    }
    List<String> lines = files.getOrDefault(step.file(), List.of());
    int end = Math.min(lines.size(), step.line() - 1 + STEP_LINES);
    return find(step.file(), lines, step.line() - 1, end, word).orElse(step);
  }

  /** Where a word stands first in any of the files. */
  Optional<Place> find(String word) {
    return files.entrySet().stream()
        .flatMap(f -> find(f.getKey(), f.getValue(), 0, f.getValue().size(), word).stream())
        .findFirst();
  }

  private static Optional<Place> find(
      String file, List<String> lines, int from, int to, String word) {
    String first = word.lines().findFirst().orElse("");
    Pattern pattern =
        Pattern.compile("(?<![A-Za-z0-9_])" + Pattern.quote(first) + "(?![A-Za-z0-9_])");
    for (int i = from; i < to; i++) {
      Matcher found = pattern.matcher(lines.get(i));
      if (found.find()) {
        return Optional.of(new Place(file, i + 1, found.start() + 1));
      }
    }
    return Optional.empty();
  }

  private static void checkList(String file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank() || line.startsWith("#") || line.startsWith("---")) {
        continue;
      }
      if (!line.startsWith("-") && !line.startsWith("[") && !line.startsWith("apiVersion")) {
        throw new UsageException(
            new Place(file, i + 1, 1) + ": a route file is a list",
            "begin each route with \"- route:\"");
      }
      return;
    }
    throw new UsageException(file + ": the file holds no route", "remove it, or write a route");
  }

  private static List<String> read(String location) {
    String name = name(location);
    try {
      if (location.startsWith("file:")) {
        return Files.readAllLines(Path.of(name), StandardCharsets.UTF_8);
      }
      try (InputStream in = RouteSource.class.getClassLoader().getResourceAsStream(name)) {
        if (in == null) {
          throw new UsageException("the program has no " + name, "name a route file that ships");
        }
        return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      }
    } catch (IOException e) {
      throw new UsageException(
          "cannot read " + name + ": " + e.getMessage(), "let this user read it, as UTF-8", e);
    }
  }
}
