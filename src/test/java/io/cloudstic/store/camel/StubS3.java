package io.cloudstic.store.camel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service whose answers are queued one by one, bad manners included; without one in the queue it
 * says 200 with an ETag. It looks at no signature.
 */
final class StubS3 implements AutoCloseable {
  /** How one call is answered. */
  interface Answer {
    void to(HttpExchange call) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();

  StubS3() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Queues answers to the next calls. */
  void then(Answer... next) {
    answers.addAll(List.of(next));
  }

  /** Method and request target of all calls but those that look at the bucket. */
  List<String> calls() {
    return calls;
  }

  /** Forgets calls and answers. */
  void forget() {
    calls.clear();
    answers.clear();
  }

  static Answer status(int status, String code) {
    return status(status, code, "x-amz-request-id", "1");
  }

  static Answer status(int status, String code, String header, String value) {
    return call -> {
      call.getResponseHeaders().set(header, value);
      xml(status, "<Error><Code>" + code + "</Code><Message>on purpose</Message></Error>").to(call);
    };
  }

  static Answer xml(int status, String text) {
    return call -> {
      call.getResponseHeaders().set("Content-Type", "application/xml");
      body(status, text.getBytes(StandardCharsets.UTF_8)).to(call);
    };
  }

  static Answer body(int status, byte[] body) {
    return call -> {
      boolean empty = body.length == 0 || call.getRequestMethod().equals("HEAD");
      call.sendResponseHeaders(status, empty ? -1 : body.length);
      if (!empty) {
        call.getResponseBody().write(body);
      }
    };
  }

  private void answer(HttpExchange call) throws IOException {
    try {
      call.getRequestBody().readAllBytes();
      boolean bucket =
          call.getRequestMethod().equals("HEAD")
              && call.getRequestURI().getPath().matches("/[^/]*");
      if (!bucket) {
        calls.add(call.getRequestMethod() + " " + call.getRequestURI());
      }
      Answer next = bucket ? null : answers.poll();
      if (next == null) {
        call.getResponseHeaders().set("ETag", "\"1\"");
        call.sendResponseHeaders(200, -1);
      } else {
        next.to(call);
      }
    } finally {
      call.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
