package io.cloudstic.onedrive.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on a raw socket, so that it can do all that servers must not do and see requests
 * exactly as they go over the wire. Its answers are bytes.
 */
public final class ScriptedServer implements AutoCloseable {
  /** One request as it came. */
  public record Call(String requestLine, Map<String, String> headers, int connection) {
    /** Path and query. */
    public String target() {
      return requestLine.split(" ")[1];
    }

    /** A header, or null. */
    public String header(String name) {
      return headers.get(name);
    }
  }

  /** Writes an answer; the connection is cut when it returns false. */
  public interface Script {
    /** Answers. */
    boolean answer(Call call, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final Script script;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger connectionCount = new AtomicInteger();

  /** Serves on a free port of the loopback address. */
  public ScriptedServer(Script script) throws IOException {
    this.script = script;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread acceptor = new Thread(this::accept, "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  /** Scheme, host and port. */
  public String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  /** All requests so far. */
  public List<Call> calls() {
    return calls;
  }

  /** Connections accepted so far. */
  public int connections() {
    return connectionCount.get();
  }

  /** An answer with a length. */
  public static boolean answer(OutputStream out, int status, String headers, byte[] body)
      throws IOException {
    head(out, status, headers + "Content-Length: " + body.length + "\r\n");
    out.write(body);
    return true;
  }

  /** An answer in JSON. */
  public static boolean json(OutputStream out, int status, String headers, String body)
      throws IOException {
    return answer(
        out,
        status,
        headers + "Content-Type: application/json\r\n",
        body.getBytes(StandardCharsets.UTF_8));
  }

  /** Status line and headers, each ending in a line feed. */
  public static void head(OutputStream out, int status, String headers) throws IOException {
    out.write(
        ("HTTP/1.1 " + status + " Scripted\r\n" + headers + "\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        connection.setTcpNoDelay(true);
        connections.add(connection);
        int number = connectionCount.incrementAndGet();
        Thread server = new Thread(() -> serve(connection, number), "scripted-" + number);
        server.setDaemon(true);
        server.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection, int number) {
    try (connection) {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      OutputStream out = connection.getOutputStream();
      while (true) {
        String requestLine = line(in);
        if (requestLine.isEmpty()) {
          return;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header; !(header = line(in)).isEmpty(); ) {
          headers.put(
              header.substring(0, header.indexOf(':')),
              header.substring(header.indexOf(':') + 1).strip());
        }
        Call call = new Call(requestLine, headers, number);
        calls.add(call);
        if (!script.answer(call, out)) {
          return;
        }
        out.flush();
      }
    } catch (IOException clientHasGone) {
      return;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c; (c = in.read()) >= 0 && c != '\n'; ) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
