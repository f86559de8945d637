package io.cloudstic.store.camel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Stands before an S3 service and answers some requests in its place. What it lets through it
 * passes on byte by byte, so that signatures stay good; each connection carries one request.
 */
public final class S3Intermediary implements AutoCloseable {
  private static final int LONGEST_HEAD = 64 << 10;

  /** The head of a request; names of headers in small letters. */
  public record Request(String method, String path, Map<String, String> headers) {}

  /** An answer of an S3 service that refuses. */
  public record Refusal(int status, String code, Map<String, String> headers) {
    public static Refusal of(int status, String code) {
      return new Refusal(status, code, Map.of());
    }
  }

  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int upstream;
  private volatile Function<Request, Optional<Refusal>> rule = request -> Optional.empty();

  /** Before the service at this address. */
  public S3Intermediary(URI service) throws IOException {
    this.upstream = service.getPort();
    threads.execute(this::accept);
  }

  /** What is answered here; what the rule says nothing of is passed on. */
  public void rule(Function<Request, Optional<Refusal>> answers) {
    rule = answers;
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      if (head.isEmpty()) {
        return;
      }
      Request request = parse(head);
      Optional<Refusal> refusal = rule.apply(request);
      if (refusal.isPresent()) {
        refuse(client, request, refusal.get());
      } else {
        pass(client, in, head);
      }
    } catch (IOException e) {
      // The client sees a connection that breaks off.
    }
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && head.size() < LONGEST_HEAD; b = in.read()) {
      head.write(b);
      if (b == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static Request parse(String head) {
    String[] lines = head.split("\r\n");
    String[] first = lines[0].split(" ");
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    return new Request(first[0], first[1], headers);
  }

  private static void refuse(Socket client, Request request, Refusal refusal) throws IOException {
    String body =
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>on purpose</Message></Error>"
            .formatted(refusal.code);
    StringBuilder answer = new StringBuilder("HTTP/1.1 " + refusal.status + " Refused\r\n");
    refusal.headers.forEach(
        (name, value) -> answer.append(name).append(": ").append(value).append("\r\n"));
    answer.append("Content-Type: application/xml\r\nConnection: close\r\n");
    boolean head = request.method.equals("HEAD");
    answer.append("Content-Length: ").append(head ? 0 : body.length()).append("\r\n\r\n");
    OutputStream out = client.getOutputStream();
    out.write((answer + (head ? "" : body)).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    client.shutdownOutput();
    client.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  private void pass(Socket client, InputStream in, String head) throws IOException {
    String once = head.replaceFirst("(?i)\r\nConnection:[^\r]*", "");
    once = once.substring(0, once.length() - 2) + "Connection: close\r\n\r\n";
    try (Socket service = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
      service.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
      CompletableFuture<Void> up =
          CompletableFuture.runAsync(
              () -> {
                try {
                  in.transferTo(service.getOutputStream());
                } catch (IOException e) {
                  // One of them has closed, as it does at the end.
                }
              },
              threads);
      service.getInputStream().transferTo(client.getOutputStream());
      client.close();
      up.join();
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    threads.shutdownNow();
  }
}
