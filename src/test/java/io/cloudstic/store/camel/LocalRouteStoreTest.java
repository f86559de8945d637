package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteFiles;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.ObjectStoreContract;
import io.cloudstic.store.StoreException;
import io.cloudstic.store.StoreUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes of store-local.camel.yaml as a store. */
class LocalRouteStoreTest extends ObjectStoreContract {
  @TempDir static Path temporary;
  private static CamelRuntime runtime;

  @BeforeAll
  static void start() {
    runtime =
        CamelRuntime.builder(
                RouteFiles.find(Map.of(), null), ApplicationProperties.load(null, null))
            .store(StoreUri.parse("local:" + root()), Map.of())
            .start();
  }

  @AfterAll
  static void stop() {
    runtime.stop();
  }

  private static Path root() {
    return temporary.resolve("repository");
  }

  @Override
  protected ObjectStore open() throws IOException {
    if (Files.exists(root())) {
      try (Stream<Path> all = Files.walk(root())) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return runtime.store();
  }

  @Test
  void a_store_problem_keeps_its_message_and_advice() throws IOException {
    Files.writeString(root(), "a file where the directory should be");

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.put("data/ab/abcd", bytes("x")))
        .withMessageContaining(root().toString())
        .matches(e -> e.advice().isPresent());
  }

  @Test
  void the_routes_are_those_of_the_file() {
    assertThat(runtime.context().getRoutes())
        .extracting(route -> route.getId())
        .containsExactlyInAnyOrderElementsOf(
            List.of(
                "store-put",
                "store-create",
                "store-get",
                "store-range",
                "store-size",
                "store-list",
                "store-delete"));
  }
}
