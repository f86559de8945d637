package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits on this machine for the browser to bring the authority's answer (RFC 8252, section 7.3). It
 * listens on both loopback addresses, because {@code localhost} may mean either to a browser, and
 * on no other; it takes one answer, and only one with the right state.
 */
final class LoopbackListener implements AutoCloseable {
  private static final byte[] IPV4 = {127, 0, 0, 1};
  private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final int PORTS_TO_TRY = 20;
  private static final int BACKLOG = 16;
  // More than one, so that a connection that a browser opens and leaves silent holds up nobody.
  private static final int THREADS = 4;

  private final String state;
  private final List<HttpServer> servers;
  private final ExecutorService threads;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CompletableFuture<Redirect> answer = new CompletableFuture<>();

  private LoopbackListener(String state, List<HttpServer> servers) {
    this.state = state;
    this.servers = servers;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "sign-in listener");
              thread.setDaemon(true);
              return thread;
            });
    for (HttpServer server : servers) {
      server.createContext("/", this::handle);
      server.setExecutor(threads);
      server.start();
    }
  }

  /**
   * Listens on a free port.
   *
   * @param state what an answer must carry
   */
  static LoopbackListener open(String state) {
    try {
      return new LoopbackListener(state, bind());
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "cannot listen on this machine for the browser's answer: " + e.getMessage(),
          "sign in without it: cloudstic auth login -device-code",
          e);
    }
  }

  /**
   * Where the browser is to be sent; the registration's {@code http://localhost} covers any port.
   */
  URI redirectUri() {
    return URI.create("http://localhost:" + servers.get(0).getAddress().getPort() + "/");
  }

  /** The answer when it has come within this time; never a {@link Redirect.Foreign}. */
  Optional<Redirect> await(Duration duration) throws InterruptedException {
    try {
      return Optional.of(answer.get(duration.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the answer never fails", e);
    }
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  /**
   * One port on both addresses. A port that somebody else has on the other address will not do: the
   * browser might take our answer there.
   */
  private static List<HttpServer> bind() throws IOException {
    for (int tries = 1; ; tries++) {
      HttpServer six = bindSix();
      if (six == null) {
        return List.of(HttpServer.create(new InetSocketAddress(address(IPV4), 0), BACKLOG));
      }
      try {
        int port = six.getAddress().getPort();
        List<HttpServer> both = new ArrayList<>();
        both.add(HttpServer.create(new InetSocketAddress(address(IPV4), port), BACKLOG));
        both.add(six);
        return both;
      } catch (BindException e) {
        six.stop(0);
        if (tries == PORTS_TO_TRY) {
          throw e;
        }
      }
    }
  }

  /** A free port on the IPv6 address, or null on a machine that has none. */
  private static HttpServer bindSix() throws UnknownHostException {
    try {
      return HttpServer.create(new InetSocketAddress(address(IPV6), 0), BACKLOG);
    } catch (UnknownHostException e) {
      throw e;
    } catch (IOException e) {
      return null;
    }
  }

  private static InetAddress address(byte[] bytes) throws UnknownHostException {
    return InetAddress.getByAddress("localhost", bytes);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/")) {
        reply(exchange, 404, SignInPage.notFound());
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        reply(exchange, 405, SignInPage.notFound());
      } else {
        handleRedirect(exchange);
      }
    }
  }

  private void handleRedirect(HttpExchange exchange) throws IOException {
    Redirect redirect =
        Redirect.parse(URLUtils.parseParameters(exchange.getRequestURI().getRawQuery()), state);
    if (redirect instanceof Redirect.Foreign foreign) {
      reply(exchange, 400, SignInPage.ignored(foreign.reason()));
      return;
    }
    if (!answered.compareAndSet(false, true)) {
      reply(exchange, 409, SignInPage.ignored("this sign-in has its answer already"));
      return;
    }
    try {
      if (redirect instanceof Redirect.Refused refused) {
        reply(exchange, 200, SignInPage.refused(refused.error().describe(List.of())));
      } else {
        reply(exchange, 200, SignInPage.received());
      }
    } finally {
      // Only now: whoever waits closes the listener, and the page with it.
      exchange.close();
      answer.complete(redirect);
    }
  }

  private static void reply(HttpExchange exchange, int status, String page) throws IOException {
    byte[] body = page.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    // The address of this page holds the code.
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Connection", "close");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
