package io.cloudstic.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which route files are used. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteFilesTest {
  @TempDir Path home;

  @Test
  void every_file_that_ships_is_known_as_such() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".camel.yaml")))
          .allSatisfy(
              name ->
                  assertThat(RouteFiles.SHIPPED)
                      .contains(name.substring(0, name.length() - RouteFiles.SUFFIX.length())));
    }
  }

  @Test
  void the_variable_comes_before_the_directory_beside_the_launcher_and_that_before_the_jar()
      throws IOException {
    Path named = Files.createDirectory(home.resolve("named"));

    assertThat(RouteFiles.find(Map.of(), home).directory()).isEmpty();
    Files.createDirectory(home.resolve("routes"));
    assertThat(RouteFiles.find(Map.of(), home).directory()).contains(home.resolve("routes"));
    assertThat(RouteFiles.find(Map.of("CLOUDSTIC_ROUTES_DIR", ""), home).directory())
        .contains(home.resolve("routes"));
    assertThat(RouteFiles.find(Map.of("CLOUDSTIC_ROUTES_DIR", named.toString()), home).directory())
        .contains(named);
  }

  @Test
  void the_wanted_files_that_ship_and_all_of_the_user_s_own_are_loaded() throws IOException {
    Path routes = Files.createDirectory(home.resolve("routes"));
    for (String name : new String[] {"store-local", "store-s3", "backup", "my-store"}) {
      Files.createFile(routes.resolve(name + RouteFiles.SUFFIX));
    }
    Files.createFile(routes.resolve("notes.txt"));

    assertThat(RouteFiles.find(Map.of(), home).locations(Set.of("store-local")))
        .containsExactly(
            "file:" + routes.resolve("my-store.camel.yaml"),
            "file:" + routes.resolve("store-local.camel.yaml"));
    assertThat(RouteFiles.find(Map.of(), null).locations(Set.of("store-local", "errors")))
        .containsExactly(
            "classpath:routes/errors.camel.yaml", "classpath:routes/store-local.camel.yaml");
  }
}
