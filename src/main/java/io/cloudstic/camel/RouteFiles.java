package io.cloudstic.camel;

import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The route files in use: those of one directory, or those in the jar.
 *
 * @param directory where they are, or empty for the jar
 */
public record RouteFiles(Optional<Path> directory) {
  /** The variable that names a directory of routes. */
  public static final String VARIABLE = "CLOUDSTIC_ROUTES_DIR";

  /** What a route file's name ends with, as Camel's tools expect it. */
  public static final String SUFFIX = ".camel.yaml";

  /** The names, without the suffix, of the files that ship. */
  public static final Set<String> SHIPPED =
      Set.of("backup", "errors", "file", "graph", "notify", "schedule", "store-local", "store-s3");

  /**
   * Those of {@code CLOUDSTIC_ROUTES_DIR}, else of {@code routes/} beside the launcher, else of the
   * jar.
   *
   * @param home the launcher's directory, or null
   * @throws UsageException when the variable does not name a directory
   */
  public static RouteFiles find(Map<String, String> environment, Path home) {
    String named = environment.getOrDefault(VARIABLE, "");
    if (!named.isEmpty()) {
      Path directory = Path.of(named);
      if (!Files.isDirectory(directory)) {
        throw new UsageException(
            VARIABLE + " is " + named + ", which is not a directory",
            "name a directory with *" + SUFFIX + " files, or unset the variable");
      }
      return new RouteFiles(Optional.of(directory));
    }
    if (home != null && Files.isDirectory(home.resolve("routes"))) {
      return new RouteFiles(Optional.of(home.resolve("routes")));
    }
    return new RouteFiles(Optional.empty());
  }

  /**
   * The locations, as Camel writes them, of the files to load: of those that ship, the wanted ones;
   * of a user's own, all.
   */
  List<String> locations(Set<String> wanted) {
    List<String> locations = new ArrayList<>();
    if (directory.isEmpty()) {
      for (String name : new TreeSet<>(wanted)) {
        locations.add("classpath:routes/" + name + SUFFIX);
      }
      return locations;
    }
    Path where = directory.get();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(where, "*" + SUFFIX)) {
      for (Path file : files) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        if (wanted.contains(name) || !SHIPPED.contains(name)) {
          locations.add("file:" + file);
        }
      }
    } catch (IOException e) {
      throw new UsageException("cannot read the routes in " + where, "let this user read it", e);
    }
    locations.sort(null);
    return locations;
  }

  /** Whether these files are what ships, byte for byte, and the user has added none. */
  boolean areAsShipped(Set<String> names) {
    if (directory.isEmpty()) {
      return true;
    }
    Set<String> own = new TreeSet<>(locations(names));
    own.removeAll(names.stream().map(n -> "file:" + file(n)).toList());
    return own.isEmpty() && names.stream().allMatch(this::isAsShipped);
  }

  private boolean isAsShipped(String name) {
    String resource = "routes/" + name + SUFFIX;
    try (InputStream shipped = RouteFiles.class.getClassLoader().getResourceAsStream(resource)) {
      return shipped != null
          && Files.exists(file(name))
          && Arrays.equals(shipped.readAllBytes(), Files.readAllBytes(file(name)));
    } catch (IOException e) {
      return false;
    }
  }

  private Path file(String name) {
    return directory.orElseThrow().resolve(name + SUFFIX);
  }

  /** Where the files are, for a message. */
  String where() {
    return directory.map(Path::toString).orElse("the program");
  }
}
