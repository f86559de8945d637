package io.cloudstic.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.store.LocalStore;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreUri;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a store needs Camel. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreConnectionTest {
  private static final byte[] DATA = "data".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temporary;
  private Path routes;

  @BeforeEach
  void copyRoutes() throws IOException {
    routes = Files.createDirectory(temporary.resolve("routes"));
    for (String name : new String[] {"errors", "store-local"}) {
      Files.copy(
          Path.of("routes", name + RouteFiles.SUFFIX), routes.resolve(name + RouteFiles.SUFFIX));
    }
  }

  @Test
  void a_directory_is_opened_without_camel_as_long_as_its_routes_are_those_that_ship() {
    assertThat(usesRoutes(new RouteFiles(Optional.empty()))).isFalse();
    assertThat(usesRoutes(new RouteFiles(Optional.of(routes)))).isFalse();
  }

  @Test
  void an_edited_route_is_used() throws IOException {
    Files.writeString(
        routes.resolve("store-local.camel.yaml"), "# edited\n", StandardOpenOption.APPEND);

    assertThat(usesRoutes(new RouteFiles(Optional.of(routes)))).isTrue();
  }

  @Test
  void a_route_of_one_s_own_is_used() throws IOException {
    Files.writeString(
        routes.resolve("mine.camel.yaml"),
        """
        - route:
            id: mine
            from:
              uri: direct:mine
              steps:
                - log: hello
        """);

    assertThat(usesRoutes(new RouteFiles(Optional.of(routes)))).isTrue();
  }

  @Test
  void a_store_may_be_made_of_routes_of_one_s_own() throws IOException {
    Files.delete(routes.resolve("store-local.camel.yaml"));
    String local = Files.readString(Path.of("routes/store-local.camel.yaml"));
    Files.writeString(
        routes.resolve("mine.camel.yaml"), local.replace("direct:store-", "direct:mine-"));

    try (CamelRuntime runtime =
            CamelRuntime.builder(
                    new RouteFiles(Optional.of(routes)), ApplicationProperties.load(null, null))
                .store(StoreUri.parse("route:mine"), Map.of())
                .bean("localStore", new LocalStore(temporary.resolve("mine")))
                .start();
        ObjectStore store = runtime.store()) {
      store.create("config", DATA);
      assertThat(store.get("config")).isEqualTo(DATA);
    }
    assertThat(temporary.resolve("mine/config")).hasBinaryContent(DATA);
  }

  private boolean usesRoutes(RouteFiles files) {
    StoreUri uri = StoreUri.parse("local:" + temporary.resolve("repository"));
    Properties properties = ApplicationProperties.load(null, null);
    try (StoreConnection connection = StoreConnection.open(uri, files, properties, Map.of())) {
      connection.store().put("config", DATA);
      assertThat(connection.store().get("config")).isEqualTo(DATA);
      return connection.usesRoutes();
    }
  }
}
