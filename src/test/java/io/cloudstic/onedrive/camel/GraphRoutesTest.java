package io.cloudstic.onedrive.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudstic.failure.StoppedException;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.client.Reply;
import io.cloudstic.onedrive.client.Request;
import io.cloudstic.onedrive.client.ScriptedServer;
import io.cloudstic.onedrive.client.WireUrl;
import io.cloudstic.run.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The Graph routes")
@Timeout(120)
class GraphRoutesTest {
  private static final String ME = "{\"id\":\"1\",\"userPrincipalName\":\"a@b.example\"}";

  @Test
  @DisplayName("put links on the wire as they came")
  void linksAreOpaque() throws Exception {
    List<String> targets =
        List.of(
            "/v1.0/me/drive/root/delta(token='abc')",
            "/v1.0/me/drive/root/delta(token=1230919asd190410jlka)",
            "/v1.0/me/drive/root/microsoft.graph.delta(token='a')?$top=2",
            "/v1.0/drives('b!x')/items('01AB')/microsoft.graph.delta(token='x%3By')",
            "/v1.0/drives/b!abc/root/delta?(token=%27q%27)",
            "/v1.0/drives/b!abc/root/delta?$select=id,name&$top=2&token=a%2Bb%2Fc%3D",
            "/v1.0/x?token=a+b",
            "/v1.0/x?token=a%20b",
            "/v1.0/x?a=1&a=2&b=&c",
            "/v1.0/x?q=%25",
            "/v1.0/x?q=%2525",
            "/v1.0/x?q=%c3%a4",
            "/v1.0/x?q=%C3%A4",
            "/v1.0/x/%2F/y",
            "/v1.0/x/%2e%2e/y",
            "/v1.0/x/../y",
            "/v1.0/x//y",
            "/v1.0/x/./y",
            "/v1.0/x;a=b/y;c",
            "/v1.0/root:/a%20b/c.txt:/children",
            "/v1.0/root:/100%25/%23.txt",
            "/v1.0/x!y~z_-.*",
            "/v1.0/x?redirect=https://other.example/a?b=c",
            "/v1.0/x?a[0]=1",
            "/v1.0/x?",
            "/v1.0/x?&",
            "/v1.0/@microsoft/x?@a=b:c",
            "/v1.0/x?token=%7B%7Benv:SECRET%7D%7D",
            "/v1.0/x?$skiptoken=MS45NEVCQjA%3d&$filter=a%20eq%20'b'",
            "/");
    try (ScriptedServer server = new ScriptedServer((call, out) -> ok(out));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      for (String target : targets) {
        try (Reply reply = routes.graphHttp.send(get(server.origin() + target))) {
          assertThat(reply.status()).isEqualTo(200);
          reply.body().readAllBytes();
        }
      }
      assertThat(server.calls())
          .extracting(ScriptedServer.Call::requestLine)
          .containsExactlyElementsOf(targets.stream().map(t -> "GET " + t + " HTTP/1.1").toList());
    }
  }

  @Test
  @DisplayName("encode only what cannot stand in a request line")
  void wireForm() throws Exception {
    Map<String, String> links =
        Map.of(
            "/v1.0/search(q='a b')", "/v1.0/search(q='a%20b')",
            "/v1.0/ä?q=😀", "/v1.0/%C3%A4?q=%F0%9F%98%80",
            "/v1.0/x?q={{env:HOME}}", "/v1.0/x?q=%7B%7Benv:HOME%7D%7D",
            "/v1.0/x?q=\"a|b\"", "/v1.0/x?q=%22a%7Cb%22",
            "/v1.0/x?q=a\r\nHost: evil", "/v1.0/x?q=a%0D%0AHost:%20evil");
    try (ScriptedServer server = new ScriptedServer((call, out) -> ok(out));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      for (String link : links.keySet()) {
        routes.graphHttp.send(get(server.origin() + link)).close();
        assertThat(server.calls().get(server.calls().size() - 1).target())
            .isEqualTo(links.get(link));
      }
    }
  }

  @Test
  @DisplayName("send a token, an id for each attempt, and nothing of Camel's")
  void headers() throws Exception {
    try (ScriptedServer server = new ScriptedServer((call, out) -> ok(out));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      routes.graph.account();
      Map<String, String> sent = server.calls().get(0).headers();
      assertThat(sent)
          .containsEntry("Authorization", "Bearer token-1")
          .containsEntry("Accept", "application/json")
          .containsEntry("Accept-Encoding", "gzip")
          .containsEntry("User-Agent", "NONISV|Cloudstic|Cloudstic/1")
          .containsKey("client-request-id");
      assertThat(sent.keySet())
          .allSatisfy(name -> assertThat(name.toLowerCase()).doesNotStartWith("camel"))
          .doesNotContain("Cloudstic-Ticket", "Cookie");
    }
  }

  @Test
  @DisplayName("use one connection for many calls, and leave nothing open")
  void connectionsAreReused() throws Exception {
    try (ScriptedServer server = new ScriptedServer((call, out) -> ok(out));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      for (int i = 0; i < 50; i++) {
        routes.graph.account();
      }
      assertThat(server.connections()).isEqualTo(1);
      assertThat(routes.requests.size()).isZero();
      assertThat(routes.context.getInflightRepository().size()).isZero();
    }
  }

  @Test
  @DisplayName("give every permit and connection back, however a body ends")
  void nothingLeaks() throws Exception {
    byte[] big = new byte[4 << 20];
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  if (call.target().contains("cut")) {
                    ScriptedServer.head(out, 200, "Content-Length: 100\r\n");
                    out.write(new byte[10]);
                    return false;
                  }
                  return ScriptedServer.answer(out, 200, "", big);
                });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      // More often than there are connections (256) or permits (8).
      for (int i = 0; i < 300; i++) {
        boolean cut = i % 3 == 0;
        Request request = get(server.origin() + (cut ? "/cut" : "/big"));
        Reply reply = routes.downloadHttp.send(request);
        if (i % 3 == 2) {
          assertThat(reply.body().read()).isZero();
        } else if (cut) {
          assertThatThrownBy(() -> reply.body().readAllBytes()).isInstanceOf(IOException.class);
        } else if (i % 50 == 1) {
          assertThat(reply.body().readAllBytes()).hasSize(big.length);
        }
        reply.close();
      }
      assertThat(routes.requests.size()).isZero();
      assertThat(routes.context.getInflightRepository().size()).isZero();
    }
  }

  @Test
  @DisplayName("do not read the rest of a body that is closed early")
  void earlyCloseIsQuick() throws Exception {
    AtomicInteger written = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  ScriptedServer.head(out, 200, "Content-Length: 1000000000\r\n");
                  for (int i = 0; i < 1000; i++) {
                    out.write(new byte[1_000_000]);
                    written.incrementAndGet();
                  }
                  return true;
                });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      Reply reply = routes.downloadHttp.send(get(server.origin() + "/"));
      reply.body().readNBytes(1000);
      reply.close();
      assertThat(written.get()).isLessThan(100);
    }
  }

  @Test
  @DisplayName("stream a body that is larger than memory")
  void bodiesStream() throws Exception {
    long length = 3L << 30;
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  ScriptedServer.head(out, 200, "Content-Length: " + length + "\r\n");
                  byte[] chunk = new byte[1 << 20];
                  for (long i = 0; i < length; i += chunk.length) {
                    out.write(chunk);
                  }
                  return true;
                });
        GraphRoutes routes = new GraphRoutes(server.origin());
        Reply reply = routes.downloadHttp.send(get(server.origin() + "/"))) {
      long read = 0;
      byte[] buf = new byte[1 << 16];
      for (int n; (n = reply.body().read(buf)) >= 0; ) {
        read += n;
      }
      assertThat(read).isEqualTo(length);
    }
  }

  @Test
  @DisplayName("hold back every worker for as long as a throttle asks")
  void throttleFencesAll() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) ->
                    switch (count.incrementAndGet()) {
                      case 1 -> ScriptedServer.json(out, 429, "Retry-After: 7\r\n", "{}");
                      case 2 ->
                          ScriptedServer.json(
                              out,
                              429,
                              "Date: Thu, 01 Jan 2026 10:00:00 GMT\r\n"
                                  + "Retry-After: Thu, 01 Jan 2026 10:02:00 GMT\r\n",
                              "{}");
                      case 3 -> ScriptedServer.json(out, 429, "", "");
                      default -> ok(out);
                    });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      routes.graph.account();
      assertThat(server.calls()).hasSize(4);
      assertThat(routes.slept.stream().filter(pause -> !pause.isZero()).toList())
          .hasSize(3)
          .startsWith(Duration.ofSeconds(7), Duration.ofSeconds(121));
      assertThat(routes.graphGate.requests()).isEqualTo(4);
      assertThat(routes.graphGate.throttled()).isGreaterThan(Duration.ofSeconds(128));
    }
  }

  @Test
  @DisplayName("renew a rejected token once")
  void rejectedToken() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) ->
                    call.header("Authorization").equals("Bearer token-1")
                        ? ScriptedServer.json(out, 401, "", "{\"error\":{\"code\":\"x\"}}")
                        : ok(out));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      assertThat(routes.graph.account().id()).isEqualTo("1");
      assertThat(routes.tokensAskedFor).containsExactly("bearer", "after token-1");
    }
  }

  @Test
  @DisplayName("do not go on for ever with rejected tokens")
  void rejectedForEver() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer((call, out) -> ScriptedServer.json(out, 401, "", ""));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      assertThatThrownBy(() -> routes.graph.account())
          .isInstanceOfSatisfying(GraphException.class, e -> assertThat(e.status()).isEqualTo(401));
      assertThat(server.calls()).hasSize(3);
    }
  }

  @Test
  @DisplayName("try passing faults again, each through the gate and with an id of its own")
  void passingFaults() throws Exception {
    AtomicInteger count = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) ->
                    switch (count.incrementAndGet()) {
                      case 1 -> ScriptedServer.json(out, 503, "", "<html>");
                      case 2 -> false;
                      case 3 -> {
                        ScriptedServer.head(out, 200, "Content-Length: 1000\r\n");
                        out.write("{\"id\":\"1\",".getBytes());
                        yield false;
                      }
                      case 4 -> ScriptedServer.answer(out, 200, "", "<html></html>".getBytes());
                      default -> ok(out);
                    });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      assertThat(routes.graph.account().id()).isEqualTo("1");
      assertThat(server.calls()).hasSize(5);
      assertThat(server.calls())
          .extracting(call -> call.header("client-request-id"))
          .doesNotHaveDuplicates();
      assertThat(routes.graphGate.requests()).isEqualTo(5);
      assertThat(routes.requests.size()).isZero();
    }
  }

  @Test
  @DisplayName("give up on a fault that does not pass, and say what it was")
  void lastingFault() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) ->
                    ScriptedServer.json(
                        out,
                        500,
                        "request-id: r-1\r\n",
                        "{\"error\":{\"code\":\"generalException\",\"innererror\":{\"code\":\"x\"}}}"));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      assertThatThrownBy(() -> routes.graph.account())
          .isInstanceOfSatisfying(
              GraphException.class,
              e -> {
                assertThat(e.status()).isEqualTo(500);
                assertThat(e.code()).isEqualTo("generalexception");
                assertThat(e).hasMessageContaining("r-1").hasMessageContaining("500");
              });
      assertThat(server.calls()).hasSize(7);
    }
  }

  @Test
  @DisplayName("never carry a token to another origin")
  void tokenStaysAtHome() throws Exception {
    try (ScriptedServer foreign = new ScriptedServer((call, out) -> ok(out));
        ScriptedServer server =
            new ScriptedServer(
                (call, out) ->
                    ScriptedServer.answer(
                        out, 308, "Location: " + foreign.origin() + "/v1.0/me\r\n", new byte[0]));
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      assertThatThrownBy(() -> routes.graph.account()).isInstanceOf(GraphException.class);
      assertThatThrownBy(() -> routes.graph.follow(foreign.origin() + "/v1.0/x"))
          .isInstanceOf(GraphException.class);
      assertThatThrownBy(() -> routes.graphHttp.send(get(foreign.origin() + "/v1.0/me")))
          .hasMessageContaining("no token");
      assertThat(foreign.calls()).isEmpty();
    }
  }

  @Test
  @DisplayName("wake a reader who waits for bytes when the run is stopped")
  void stopWakesReaders() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  ScriptedServer.head(out, 200, "Content-Length: 100\r\n");
                  out.flush();
                  pause(30_000);
                  return false;
                });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      Reply reply = routes.downloadHttp.send(get(server.origin() + "/"));
      Thread stopper =
          new Thread(
              () -> {
                pause(300);
                routes.stop.ask();
              });
      stopper.start();
      long before = System.nanoTime();
      InputStream body = reply.body();
      assertThatThrownBy(body::read).isInstanceOf(IOException.class);
      reply.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
      assertThatThrownBy(() -> routes.downloadHttp.send(get(server.origin() + "/")))
          .isInstanceOf(StoppedException.class);
    }
  }

  @Test
  @DisplayName("give up a body that brings nothing for a while, but wait longer for the first byte")
  void idle() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  pause(900);
                  ScriptedServer.head(out, 200, "Content-Length: 100\r\n");
                  out.write(1);
                  out.flush();
                  pause(30_000);
                  return false;
                });
        GraphRoutes routes =
            new GraphRoutes(
                server.origin() + "/v1.0", "token-1", new ManualClock(), Duration.ofMillis(300));
        Reply reply = routes.downloadHttp.send(get(server.origin() + "/"))) {
      assertThat(reply.body().read()).isEqualTo(1);
      assertThatThrownBy(() -> reply.body().read()).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  @DisplayName("serve many workers at once")
  void manyWorkers() throws Exception {
    Random random = new Random(7);
    try (ScriptedServer server =
            new ScriptedServer(
                (call, out) -> {
                  synchronized (random) {
                    return random.nextInt(20) == 0
                        ? ScriptedServer.json(out, 503, "", "")
                        : ok(out);
                  }
                });
        GraphRoutes routes = new GraphRoutes(server.origin())) {
      List<Thread> workers = new ArrayList<>();
      AtomicInteger good = new AtomicInteger();
      for (int i = 0; i < 12; i++) {
        Thread worker =
            new Thread(
                () -> {
                  for (int call = 0; call < 20; call++) {
                    routes.graph.account();
                    good.incrementAndGet();
                  }
                });
        worker.start();
        workers.add(worker);
      }
      for (Thread worker : workers) {
        worker.join();
      }
      assertThat(good.get()).as("seed 7").isEqualTo(240);
      assertThat(server.connections()).isLessThanOrEqualTo(17);
      assertThat(routes.requests.size()).isZero();
    }
  }

  private static Request get(String url) {
    return Request.get(WireUrl.of(url), Map.of("Accept", "*/*"));
  }

  private static boolean ok(java.io.OutputStream out) throws IOException {
    return ScriptedServer.json(out, 200, "Set-Cookie: a=b\r\n", ME);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
