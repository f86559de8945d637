package io.cloudstic.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.spi.ShutdownStrategy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a runtime starts and stops. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CamelRuntimeTest {
  @TempDir Path temporary;
  private Path routes;

  @BeforeEach
  void writeRoutes() throws IOException {
    routes = Files.createDirectory(temporary.resolve("routes"));
    Files.writeString(
        routes.resolve("own.camel.yaml"),
        """
        - route:
            id: call
            from:
              uri: direct:call
              steps:
                - process: {id: called, ref: called}
                - setBody: {id: answer, simple: "{{greeting}} ${body}"}
        - route:
            id: clock
            from:
              uri: timer:clock
              parameters: {delay: 0, period: 5}
              steps:
                - process: {id: ticked, ref: ticked}
        """);
  }

  @Test
  void routes_get_beans_and_properties() {
    try (CamelRuntime runtime = builder(x -> {}, x -> {}).property("greeting", "Hello").start()) {
      assertThat(runtime.template().requestBody("direct:call", "world", String.class))
          .isEqualTo("Hello world");
    }
  }

  @Test
  void a_route_that_begins_at_a_clock_runs_only_when_the_runtime_serves() throws Exception {
    CountDownLatch ticked = new CountDownLatch(1);
    try (CamelRuntime once = builder(x -> {}, x -> ticked.countDown()).start()) {
      assertThat(once.context().getRouteController().getRouteStatus("clock").isStarted()).isFalse();
      assertThat(ticked.await(100, TimeUnit.MILLISECONDS)).isFalse();
    }
    try (CamelRuntime serving = builder(x -> {}, x -> ticked.countDown()).serving().start()) {
      assertThat(ticked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(serving.context().getRouteController().getRouteStatus("clock").isStarted())
          .isTrue();
    }
  }

  @Test
  @Timeout(60)
  void stopping_waits_for_a_second_at_most_whatever_a_step_is_at() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Processor stuck =
        x -> {
          begun.countDown();
          end.await();
        };
    CamelRuntime runtime = builder(stuck, x -> {}).start();
    CompletableFuture<Object> call =
        CompletableFuture.supplyAsync(() -> runtime.template().requestBody("direct:call", "x"));
    begun.await();

    ShutdownStrategy strategy = runtime.context().getShutdownStrategy();
    assertThat(Duration.of(strategy.getTimeout(), strategy.getTimeUnit().toChronoUnit()))
        .isEqualTo(Duration.ofSeconds(1));
    // The step goes on when it has returned.
    runtime.stop();
    assertThat(call).isNotDone();

    end.countDown();
    assertThat(catchThrowable(() -> call.get(60, TimeUnit.SECONDS))).isNotNull();
  }

  @Test
  void stopping_may_be_repeated() {
    CamelRuntime runtime = builder(x -> {}, x -> {}).start();
    runtime.stop();
    runtime.stop();
    runtime.close();

    assertThat(runtime.context().isStopped()).isTrue();
  }

  @Test
  void settings_of_the_configuration_directory_come_before_those_beside_the_launcher()
      throws IOException {
    Path configuration = Files.createDirectory(temporary.resolve("configuration"));
    Files.writeString(
        temporary.resolve("application.properties"),
        "schedule.zone=Europe/Zürich\nschedule.cron=home\n");
    Files.writeString(configuration.resolve("application.properties"), "schedule.cron=own\n");

    Properties settings = ApplicationProperties.load(temporary, configuration);

    assertThat(settings)
        .containsEntry("schedule.cron", "own")
        .containsEntry("schedule.zone", "Europe/Zürich")
        .containsKey("cloudstic.store.retries");
  }

  private CamelRuntime.Builder builder(Processor called, Processor ticked) {
    return CamelRuntime.builder(
            new RouteFiles(Optional.of(routes)), ApplicationProperties.load(null, null))
        .property("greeting", "Good day")
        .bean("called", called)
        .bean("ticked", ticked);
  }
}
