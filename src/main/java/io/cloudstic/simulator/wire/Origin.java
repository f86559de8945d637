package io.cloudstic.simulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * One listening socket on a loopback address, a bounded number of threads, and the site behind it.
 * It checks {@code Host}, asks the fault plan, applies the effects that concern the way of the
 * bytes, and counts. Thread-safe.
 */
public final class Origin implements AutoCloseable {
  /** More than any client of ours opens at once; further requests wait in the queue. */
  private static final int THREADS = 32;

  private static final int QUEUE = 1024;
  private static final int LARGEST_BODY = 61 << 20;

  static {
    // Without it each answer on a kept connection waits 40 ms for the client's delayed ACK. The
    // JDK reads it once, when its server is first used.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final String host;
  private final Site site;
  private final Faults faults;
  private final Statistics statistics;
  private final Line line;
  private final Stop stop;

  private Origin(
      HttpServer server,
      String host,
      Site site,
      Faults faults,
      Statistics statistics,
      Line line,
      Stop stop) {
    this.server = server;
    this.host = host + ":" + server.getAddress().getPort();
    this.site = site;
    this.faults = faults;
    this.statistics = statistics;
    this.line = line;
    this.stop = stop;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> {
              Thread thread =
                  new Thread(work, "simulator-" + site.name() + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** A socket that is bound but not yet served; 0 takes any port. */
  public static HttpServer bind(String host, int port) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    if (!address.isLoopbackAddress()) {
      throw new IOException("not a loopback address: " + host);
    }
    return HttpServer.create(new InetSocketAddress(address, port), 0);
  }

  /**
   * Serves the site.
   *
   * @param host as it stands in URLs; requests must name it in {@code Host}
   */
  public static Origin serve(
      HttpServer bound,
      String host,
      Site site,
      Faults faults,
      Statistics statistics,
      Line line,
      Stop stop) {
    Origin origin = new Origin(bound, host, site, faults, statistics, line, stop);
    bound.setExecutor(origin.threads);
    bound.createContext("/", origin::handle);
    bound.start();
    return origin;
  }

  private void handle(HttpExchange exchange) throws IOException {
    boolean token = exchange.getRequestHeaders().containsKey("Authorization");
    statistics.begin(site.name(), exchange.getRequestHeaders().getFirst("Host"), token);
    try (exchange) {
      serve(exchange);
    } catch (StoppedException e) {
      // The simulator closes: the exchange just ends, as it would when a host goes away.
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    Call call = call(exchange);
    for (Effect effect : call.effects()) {
      if (effect instanceof Effect.Delay delay) {
        stop.sleep(delay.duration());
      } else if (effect instanceof Effect.Before before) {
        before.mutation().run();
      } else if (effect instanceof Effect.Reset) {
        return;
      }
    }
    if (!line.latency().isZero()) {
      stop.sleep(line.latency());
    }
    send(exchange, call, answer(call));
  }

  private Reply answer(Call call) {
    if (!host.equalsIgnoreCase(call.header("host"))) {
      statistics.wrongHost();
      return Reply.html(400, "<h2>Bad Request - Invalid Hostname</h2>");
    }
    try {
      return site.answer(call);
    } catch (StoppedException e) {
      throw e;
    } catch (RuntimeException e) {
      return Reply.of(
          500, "text/plain; charset=utf-8", ("simulator: " + e).getBytes(StandardCharsets.UTF_8));
    }
  }

  private Call call(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String method = exchange.getRequestMethod();
    List<Effect> effects =
        faults.strike(site.name() + " " + method + " " + exchange.getRequestURI());
    return new Call(method, exchange.getRequestURI(), headers, body, effects);
  }

  private void send(HttpExchange exchange, Call call, Reply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    Reply.Body body = body(exchange, call, reply);
    boolean none = body.length() == 0 || call.method().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), none ? -1 : body.length());
    if (none) {
      return;
    }
    SpoiledStream out =
        new SpoiledStream(exchange.getResponseBody(), call.effects(), line.bytesPerSecond(), stop);
    out.happen();
    body.writeTo(out);
    exchange.getResponseBody().close();
  }

  private static Reply.Body body(HttpExchange exchange, Call call, Reply reply) throws IOException {
    byte[] bytes = reply.bytes();
    if (bytes == null || bytes.length == 0) {
      return reply.body();
    }
    byte[] shown =
        call.effect(Effect.Shorten.class)
            .map(shorten -> Arrays.copyOf(bytes, (int) (bytes.length * shorten.share())))
            .orElse(bytes);
    String accepted = call.header("accept-encoding");
    String type = reply.headers().getOrDefault("Content-Type", "");
    if (accepted != null && accepted.contains("gzip") && type.startsWith("application/json")) {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      shown = gzip(shown);
    }
    return Reply.of(reply.status(), type, shown).body();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 8192)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Ends at once what is still being answered. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
