package io.cloudstic.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of routes that are wrong. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteValidationTest {
  private static final String ROUTE =
      """
      - route:
          id: a
          from:
            uri: direct:a
            steps:
      """;

  @TempDir Path routes;

  @Test
  void right_routes_start() throws IOException {
    write(ROUTE + "        - log: {id: say, message: hello}\n");

    try (CamelRuntime runtime = builder().require("direct:a").start()) {
      assertThat(runtime.context().getRoute("a")).isNotNull();
    }
  }

  @Test
  void broken_yaml_is_named_with_line_and_column() {
    assertRefused(
        ROUTE + "        - log: {id: say, message: x\n        - to: [\n", "7:13", "expected");
    assertRefused(ROUTE + "\t- log: x\n", "6:1", "TAB");
  }

  @Test
  void a_file_that_is_no_list_of_routes_is_refused() {
    assertRefused("# mine\nroute:\n  id: a\n", "2:1", "a route file is a list");
    assertRefused("# nothing yet\n", "", "holds no route");
  }

  @Test
  void an_unknown_step_is_named_with_line_and_column() {
    assertRefused(ROUTE + "        - too: {uri: x}\n", "6:11", "too");
  }

  @Test
  void an_unknown_key_of_a_step_is_named_with_line_and_column() {
    assertRefused(ROUTE + "        - to: {uri: 'direct:a', urii: x}\n", "6:", "urii");
  }

  @Test
  void an_unknown_operation_of_our_components_is_told_with_those_that_there_are() {
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'restic:comit'}\n",
        "6",
        "no operation 'comit', but [chunk");
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'onedrive:scam'}\n",
        "6",
        "no operation 'scam', but [scan");
  }

  @Test
  void an_unknown_component_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'awss3:bucket'}\n", "6:31", "no component awss3");
  }

  @Test
  void an_unknown_endpoint_option_is_named_with_its_line_also_deep_inside() {
    String choice =
        """
                - choice:
                    when:
                      - simple: ${body} == 1
                        steps:
                          - to:
                              id: out
                              uri: seda:b
                              parameters:
                                sizze: 3
        """;
    assertRefused(ROUTE + choice, "14:", "the component seda has no option sizze");
    assertRefused(
        ROUTE.replace("direct:a", "direct:a?blok=1") + "        - log: hello\n",
        "4:",
        "the component direct has no option blok");
  }

  @Test
  void an_option_that_http_would_send_to_the_host_is_refused_where_it_seems_misspelt() {
    String step = "        - to: {id: out, uri: 'https:example.org/hook?conectionsPerRoute=5'}\n";
    assertRefused(ROUTE + step, "6:", "the component https has no option conectionsPerRoute");
    assertRefused(
        ROUTE + "        - to: {id: out, uri: https://graph, parameters: {nonsense: 1}}\n",
        "6:",
        "the component https has no option nonsense");
  }

  @Test
  void a_parameter_of_a_url_is_no_option() throws IOException {
    write(
        ROUTE
            + "        - to: {id: out, uri: 'https:example.org/hook?channel=7&token=x"
            + "&httpConnection.connectTimeout=5000&connectionsPerRoute=3'}\n");

    try (CamelRuntime runtime = builder().require("direct:a").start()) {
      assertThat(runtime.context().getRoute("a")).isNotNull();
    }
  }

  @Test
  void a_wrong_value_of_an_endpoint_option_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'seda:b?size=many'}\n", "6:", "\"many\" is not");
  }

  @Test
  void an_endpoint_that_no_route_begins_at_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'direct:b'}\n",
        "6:31",
        "no route begins at direct:b");
    assertRefused(
        """
        - routeConfiguration:
            id: c
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  steps:
                    - to: {id: out, uri: 'direct:nowhere'}
        """
            + ROUTE.replace("    from:", "    routeConfigurationId: c\n    from:")
            + "        - log: hello\n",
        "7:",
        "no route begins at direct:nowhere");
  }

  @Test
  void a_required_endpoint_that_no_route_begins_at_is_named() throws IOException {
    write(ROUTE + "        - log: hello\n");

    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> builder().require("direct:backup").start())
        .withMessageContaining("direct:backup")
        .withMessageContaining(routes.toString());
  }

  @Test
  void a_missing_property_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - to: {id: out, uri: 'seda:{{not.there}}'}\n",
        "6:",
        "there is no property not.there");
  }

  @Test
  void a_missing_bean_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - bean: {id: call, ref: nobody, method: x}\n",
        "6:",
        "there is no bean nobody");
    assertRefused(
        """
        - routeConfiguration:
            id: c
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  onExceptionOccurredRef: "#bean:nobody"
        """
            + ROUTE.replace("    from:", "    routeConfigurationId: c\n    from:")
            + "        - log: hello\n",
        "6:",
        "there is no bean nobody");
  }

  @Test
  void a_bean_that_cannot_be_made_is_named_with_its_line() {
    assertRefused(
        "- beans:\n    - name: wrong\n      type: not.a.Class\n" + ROUTE + "        - log: hello\n",
        "2:",
        "not.a.Class");
  }

  @Test
  void a_missing_route_configuration_is_named_with_its_line() {
    assertRefused(
        ROUTE.replace("    from:", "    routeConfigurationId: nothing\n    from:")
            + "        - log: hello\n",
        "3:",
        "there is no route configuration nothing");
  }

  @Test
  void what_a_route_configuration_needs_that_no_route_names_may_be_missing() throws IOException {
    write(
        """
        - routeConfiguration:
            id: of-others
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  onExceptionOccurredRef: "#bean:nobody"
                  steps:
                    - to: {id: out, uri: 'direct:nowhere'}
        """
            + ROUTE
            + "        - log: hello\n");

    builder().start().stop();
  }

  @Test
  void a_wrong_expression_is_named_with_its_line() {
    assertRefused(
        ROUTE + "        - setBody: {id: set, simple: '${bodyy}'}\n", "6:", "not an expression");
  }

  @Test
  void a_missing_thread_pool_is_named_with_its_line() {
    assertRefused(
        ROUTE
            + """
                    - split:
                        simple: ${body}
                        executorService: nopool
                        steps:
                          - log: hello
            """,
        "8:",
        "there is no thread pool nopool");
  }

  @Test
  void routes_that_stand_in_each_other_s_way_are_named_with_their_line() {
    assertRefused(
        ROUTE + "        - log: x\n" + ROUTE.replace("id: a", "id: b") + "        - log: x\n",
        "7",
        "another route begins at direct:a");
    assertRefused(
        ROUTE + "        - log: x\n" + ROUTE.replace("direct:a", "direct:b") + "        - log: x\n",
        "2:",
        "another route has the id a");
  }

  @Test
  void a_wrong_s3_route_is_refused_before_the_service_is_called() throws IOException {
    for (String file : new String[] {"store-s3", "errors"}) {
      String shipped = Files.readString(Path.of("routes", file + RouteFiles.SUFFIX));
      Files.writeString(
          routes.resolve(file + RouteFiles.SUFFIX),
          shipped.replaceFirst("operation: headObject", "opperation: headObject"));
    }
    try (ServerSocket service = new ServerSocket(0)) {
      service.setSoTimeout(1);
      StoreUri uri = StoreUri.parse("s3:http://127.0.0.1:" + service.getLocalPort() + "/bucket");

      UsageException refused =
          catchThrowableOfType(UsageException.class, () -> builder().store(uri, Map.of()).start());

      assertThat(refused)
          .hasMessageContaining("store-s3.camel.yaml:")
          .hasMessageContaining("the component aws2-s3 has no option opperation");
      assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(service::accept);
    }
  }

  @Test
  void a_directory_of_routes_that_is_not_there_is_named() {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> RouteFiles.find(Map.of(RouteFiles.VARIABLE, routes + "/not-there"), null))
        .withMessageContaining("CLOUDSTIC_ROUTES_DIR")
        .withMessageContaining("not-there");
  }

  private void assertRefused(String yaml, String place, String reason) {
    write(yaml);
    UsageException refused =
        catchThrowableOfType(UsageException.class, () -> builder().start().stop());
    assertThat(refused)
        .hasMessageStartingWith(routes.resolve("own.camel.yaml") + ":" + place)
        .hasMessageContaining(reason);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  private void write(String yaml) {
    try {
      Files.writeString(routes.resolve("own.camel.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CamelRuntime.Builder builder() {
    return CamelRuntime.builder(
        new RouteFiles(Optional.of(routes)), ApplicationProperties.load(null, null));
  }
}
