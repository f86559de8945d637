package io.cloudstic.onedrive.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.catalogue.Mark;
import io.cloudstic.onedrive.client.ContentChangedException;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.onedrive.client.FileContent;
import io.cloudstic.onedrive.client.GraphSettings;
import io.cloudstic.onedrive.client.Http;
import io.cloudstic.onedrive.client.Reply;
import io.cloudstic.onedrive.client.RetryRule;
import io.cloudstic.onedrive.client.ScriptedServer;
import io.cloudstic.onedrive.client.WireUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.processor.state.MemoryStateRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The component onedrive:")
@Timeout(60)
class OneDriveComponentTest {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final ScriptedServer server;
  private final GraphRoutes routes;
  private final ProducerTemplate template;

  OneDriveComponentTest() throws Exception {
    server = new ScriptedServer(this::answer);
    routes = new GraphRoutes(server.origin());
    routes.context.getRegistry().bind("client", new OneDriveClient(routes.graph, routes.downloads));
    template = routes.context.createProducerTemplate();
    answers.put("/me/drive", "{\"id\":\"D\",\"driveType\":\"business\"}");
  }

  @AfterEach
  void close() throws Exception {
    routes.close();
    server.close();
  }

  @Test
  @DisplayName("answers with one item by id, by path, and with the root")
  void item() {
    answers.put("/drives/D/items/X%211", "{\"id\":\"X!1\",\"file\":{}}");
    answers.put("/drives/D/root:/a%20b/c%23", "{\"id\":\"P\",\"folder\":{}}");
    answers.put("/drives/E/root", "{\"id\":\"R\",\"root\":{}}");
    assertThat(
            template
                .requestBodyAndHeader(
                    "onedrive:item", null, OneDriveConstants.ITEM_ID, "X!1", DriveItem.class)
                .id())
        .isEqualTo("X!1");
    assertThat(template.requestBody("onedrive:item?path=RAW(/a b/c#)", null, DriveItem.class).id())
        .isEqualTo("P");
    assertThat(template.requestBody("onedrive:item?driveId=E", null, DriveItem.class).id())
        .isEqualTo("R");
  }

  @Test
  @DisplayName("finds a client that was bound after its routes were made")
  void lateClient() throws Exception {
    routes.context.getRegistry().unbind("client");
    answers.put("/drives/E/root", "{\"id\":\"R\",\"root\":{}}");
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:late").to("onedrive:item?driveId=E");
          }
        });
    assertThatThrownBy(() -> template.requestBody("direct:late", (Object) null))
        .hasRootCauseMessage("onedrive: has no client: bind an OneDriveClient in the registry");
    routes.context.getRegistry().bind("later", new OneDriveClient(routes.graph, routes.downloads));
    assertThat(template.requestBody("direct:late", null, DriveItem.class).id()).isEqualTo("R");
  }

  @Test
  @DisplayName("uploads a body into a folder under its file name, with its time")
  void upload() throws Exception {
    List<String> seen = new ArrayList<>();
    Http graph =
        request -> {
          byte[] body = request.body() == null ? new byte[0] : request.body();
          seen.add(request.method() + " " + WireUrl.target(request.url()) + " " + new String(body));
          byte[] item = "{\"id\":\"N\",\"name\":\"a b.txt\",\"file\":{},\"size\":5}".getBytes();
          return new Reply(201, Map.of(), new ByteArrayInputStream(item));
        };
    Http never =
        request -> {
          throw new AssertionError("no session is needed for five bytes");
        };
    DriveWriter writer =
        new DriveWriter(
            GraphSettings.of(URI.create(server.origin() + "/v1.0"), "test"),
            graph,
            never,
            new RetryRule(new Random(1)),
            duration -> {});
    routes.context.getRegistry().unbind("client");
    routes
        .context
        .getRegistry()
        .bind("writing", new OneDriveClient(routes.graph, routes.downloads, writer));
    answers.put("/drives/D/root:/in", "{\"id\":\"F\",\"folder\":{}}");
    Map<String, Object> headers =
        Map.of(Exchange.FILE_NAME, "sub/a b.txt", Exchange.FILE_LAST_MODIFIED, 1_000_000L);
    DriveItem made =
        template.requestBodyAndHeaders(
            "onedrive:upload?path=/in&driveId=D", "hello", headers, DriveItem.class);
    assertThat(made.id()).isEqualTo("N");
    assertThat(seen)
        .containsExactly(
            "PUT /v1.0/drives/D/items/F:/a%20b.txt:/content"
                + "?@microsoft.graph.conflictBehavior=fail hello",
            "PATCH /v1.0/drives/D/items/N "
                + "{\"fileSystemInfo\":{\"lastModifiedDateTime\":\"1970-01-01T00:16:40Z\"}}");
  }

  @Test
  @DisplayName("splits the pages of a folder as they come")
  void children() throws Exception {
    answers.put("/drives/D/root", "{\"id\":\"R\",\"root\":{}}");
    answers.put(
        "/drives/D/items/R/children",
        "{\"value\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"@odata.nextLink\":\"%s/v1.0/more\"}"
            .formatted(server.origin()));
    answers.put("/more", "{\"value\":[{\"id\":\"3\"}]}");
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:list").to("onedrive:children").split(body()).streaming().to("mock:items");
          }
        });
    MockEndpoint mock = mock();
    template.sendBody("direct:list", null);
    assertThat(ids(mock)).containsExactly("1", "2", "3");
  }

  @Test
  @DisplayName("polls changes from now on, each feed from the link of the one before")
  void polls() throws Exception {
    answers.put("/drives/D/root/delta&token=latest", page("", "one"));
    answers.put("/one", page("{\"id\":\"1\",\"file\":{}},{\"id\":\"2\",\"deleted\":{}}", "two"));
    answers.put("/two", page("", "two"));
    MemoryStateRepository links = links();
    MockEndpoint mock = mock();
    mock.expectedMessageCount(2);
    poll("onedrive:delta?delay=50&initialDelay=0&stateRepository=#links");
    mock.assertIsSatisfied();
    assertThat(ids(mock)).containsExactly("1", "2");
    assertThat(mock.getExchanges().get(1).getIn().getHeader(OneDriveConstants.DELETED))
        .isEqualTo(true);
    // The link moves on after the last item, on the polling thread.
    for (int i = 0; i < 500 && links.getState("D").endsWith("/one"); i++) {
      Thread.sleep(10);
    }
    assertThat(links.getState("D")).endsWith("/two");
  }

  @Test
  @DisplayName("does not move on while an item fails, and begins anew when the link has died")
  void failuresAndResync() throws Exception {
    MemoryStateRepository links = links();
    links.setState("D", server.origin() + "/v1.0/dead");
    answers.put("/dead", "410");
    answers.put("/drives/D/root/delta", page("{\"id\":\"1\"},{\"id\":\"2\"}", "two"));
    answers.put("/two", page("", "two"));
    AtomicInteger failures = new AtomicInteger(2);
    MockEndpoint mock = mock();
    mock.expectedMessageCount(6);
    mock.whenAnyExchangeReceived(
        exchange -> {
          if (exchange.getIn().getBody(DriveItem.class).id().equals("2")
              && failures.getAndDecrement() > 0) {
            throw new IOException("not now");
          }
        });
    poll("onedrive:delta?delay=50&initialDelay=0&stateRepository=#links");
    mock.assertIsSatisfied();
    assertThat(ids(mock)).containsExactly("1", "2", "1", "2", "1", "2");
  }

  @Test
  @DisplayName("streams content, checks it, and closes it with the exchange")
  void content() throws Exception {
    answers.put("/drives/D/items/F", file("F", 5));
    answers.put("/F", "raw:hello");
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:read")
                .streamCache("false")
                .to("onedrive:content")
                .process(
                    exchange ->
                        exchange
                            .getMessage()
                            .setBody(
                                new String(
                                    exchange.getMessage().getBody(InputStream.class).readAllBytes(),
                                    StandardCharsets.US_ASCII)));
          }
        });
    Exchange done =
        template.request(
            "direct:read", exchange -> exchange.getIn().setHeader(OneDriveConstants.ITEM_ID, "F"));
    assertThat(done.getMessage().getBody()).isEqualTo("hello");
    assertThat(done.getProperty(OneDriveConstants.CONTENT, FileContent.class).mark())
        .isEqualTo(Mark.SIZE);
    assertThat(routes.requests.size()).isZero();
  }

  @Test
  @DisplayName("takes the next round of a changed file when the step is redelivered")
  void nextRound() throws Exception {
    DriveItem old = item(file("F", 9));
    answers.put("/F", "raw:hello");
    answers.put("/drives/D/items/F", file("F", 5).replace("\"e\"", "\"e2\""));
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:file")
                .streamCache("false")
                .onException(ContentChangedException.class)
                .maximumRedeliveries(FileContent.MOST_ROUNDS)
                .redeliveryDelay(0)
                .end()
                .to("direct:file-content");
            from("direct:file-content")
                .streamCache("false")
                .errorHandler(noErrorHandler())
                .to("onedrive:content")
                .process(
                    exchange ->
                        exchange
                            .getMessage()
                            .setBody(
                                exchange.getMessage().getBody(InputStream.class).readAllBytes()));
          }
        });
    Exchange done = template.request("direct:file", exchange -> exchange.getIn().setBody(old));
    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getBody(String.class)).isEqualTo("hello");
    assertThat(done.getProperty(OneDriveConstants.CONTENT, FileContent.class).item().eTag())
        .isEqualTo("e2");
  }

  @Test
  @DisplayName("refuses operations and options that it does not have")
  void refuses() {
    assertThatThrownBy(() -> routes.context.getEndpoint("onedrive:upset"))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("upset");
    assertThatThrownBy(() -> routes.context.getEndpoint("onedrive:item?colour=red"))
        .isInstanceOf(ResolveEndpointFailedException.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> poll("onedrive:item"))
        .hasMessageContaining("only onedrive:delta can be polled");
  }

  private void poll(String uri) throws Exception {
    route(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from(uri).to("mock:items");
          }
        });
  }

  private void route(RouteBuilder builder) throws Exception {
    routes.context.addRoutes(builder);
  }

  private MockEndpoint mock() {
    return routes.context.getEndpoint("mock:items", MockEndpoint.class);
  }

  private MemoryStateRepository links() {
    MemoryStateRepository links = new MemoryStateRepository();
    routes.context.getRegistry().bind("links", links);
    links.start();
    return links;
  }

  private static List<String> ids(MockEndpoint mock) {
    return mock.getExchanges().stream()
        .map(exchange -> exchange.getIn().getBody(DriveItem.class).id())
        .toList();
  }

  private String page(String items, String link) {
    return "{\"value\":[%s],\"@odata.deltaLink\":\"%s/v1.0/%s\"}"
        .formatted(items, server.origin(), link);
  }

  private String file(String id, int size) {
    return "{\"id\":\"%s\",\"name\":\"f\",\"eTag\":\"e\",\"size\":%d,\"file\":{},"
            .formatted(id, size)
        + "\"@microsoft.graph.downloadUrl\":\"%s/v1.0/%s\"}".formatted(server.origin(), id);
  }

  private DriveItem item(String json) {
    answers.put("/drives/D/items/tmp", json);
    return routes.graph.item("D", "tmp");
  }

  private boolean answer(ScriptedServer.Call call, OutputStream out) throws IOException {
    String[] parts = call.target().replace("/v1.0", "").split("\\?", 2);
    boolean latest = parts.length > 1 && parts[1].contains("token=latest");
    String body = answers.get(parts[0] + (latest ? "&token=latest" : ""));
    if (body == null) {
      return ScriptedServer.json(out, 404, "", "{\"error\":{\"code\":\"itemNotFound\"}}");
    }
    if (body.startsWith("raw:")) {
      byte[] bytes = body.substring(4).getBytes(StandardCharsets.US_ASCII);
      return ScriptedServer.answer(out, 200, "", Arrays.copyOf(bytes, bytes.length));
    }
    return body.length() == 3
        ? ScriptedServer.json(out, Integer.parseInt(body), "", "")
        : ScriptedServer.json(out, 200, "", body);
  }
}
