package io.cloudstic.onedrive.auth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An authorization server that follows RFC 6749 (code, refresh, client credentials), RFC 7636
 * (PKCE) and RFC 8628 (device code), and is stricter than most: a code and a refresh token are good
 * once.
 */
final class AuthorizationServer implements AutoCloseable {
  static final String CLIENT_ID = "11111111-2222-3333-4444-555555555555";
  static final String CLIENT_SECRET = "s3cret+with&odd%characters=";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Map<String, String>> codes = new HashMap<>();
  private final Map<String, String> refreshTokens = new HashMap<>();
  private final Queue<Reply> scripted = new ConcurrentLinkedQueue<>();
  private final Queue<String> deviceStates = new ArrayDeque<>();
  private int issued;

  /** The forms that came to the token end point, in order. */
  final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();

  /** Seconds that an access token lives; negative leaves it out of the reply. */
  volatile int lifetime = 3599;

  /** Whether a refresh brings a new refresh token, and the old one is dead from then on. */
  volatile boolean rotate = true;

  /** How long the token end point thinks, in milliseconds. */
  volatile int thinks;

  /** A reply to give instead of the right one. */
  record Reply(int status, Map<String, String> headers, String contentType, String body) {
    static Reply json(int status, String body) {
      return new Reply(status, Map.of(), "application/json; charset=utf-8", body);
    }

    static Reply error(int status, String error, int number, String text) {
      return json(
          status,
          """
          {"error":"%s","error_description":"AADSTS%d: %s Trace ID: 0a Correlation ID: 0b Timestamp: 2026-11-22 10:00:00Z",\
          "error_codes":[%d],"timestamp":"2026-11-22 10:00:00Z","trace_id":"trace-1","correlation_id":"correlation-1"}"""
              .formatted(error, number, text, number));
    }
  }

  AuthorizationServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/common/oauth2/v2.0/", this::handle);
    server.createContext("/contoso.example/oauth2/v2.0/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The variables that lead the program here. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("ONEDRIVE_CLIENT_ID", CLIENT_ID);
    environment.put("CLOUDSTIC_AUTHORITY_URL", url().toString());
    environment.put("CLOUDSTIC_GRAPH_URL", url() + "/v1.0");
    return environment;
  }

  /** Makes the next requests to the token and device end points meet this. */
  void script(Reply... replies) {
    scripted.addAll(List.of(replies));
  }

  /** What polling with a device code meets before it succeeds. */
  void deviceStates(String... errors) {
    deviceStates.addAll(List.of(errors));
  }

  /** A refresh token that is good. */
  synchronized String newRefreshToken() {
    String token = "refresh-token-" + ++issued;
    refreshTokens.put(token, "granted");
    return token;
  }

  long count(String grantType) {
    return tokenRequests.stream().filter(r -> grantType.equals(r.get("grant_type"))).count();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> query = parse(exchange.getRequestURI().getRawQuery());
      Map<String, String> form =
          parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      if (path.endsWith("/authorize")) {
        send(exchange, authorize(query));
        return;
      }
      Reply reply = scripted.poll();
      if (path.endsWith("/token")) {
        tokenRequests.add(form);
        pause();
        send(exchange, reply != null ? reply : token(form));
      } else {
        send(exchange, reply != null ? reply : device(form));
      }
    }
  }

  private void pause() {
    try {
      Thread.sleep(thinks);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Reply authorize(Map<String, String> query) {
    String redirect = query.getOrDefault("redirect_uri", "");
    boolean good =
        CLIENT_ID.equals(query.get("client_id"))
            && "code".equals(query.get("response_type"))
            && "query".equals(query.get("response_mode"))
            && "select_account".equals(query.get("prompt"))
            && "S256".equals(query.get("code_challenge_method"))
            && query.getOrDefault("code_challenge", "").length() == 43
            && query.getOrDefault("scope", "").contains("offline_access")
            && redirect.matches("http://localhost:[0-9]+/");
    if (!good) {
      return Reply.json(400, "the request is wrong: " + query.keySet());
    }
    String code = "code-" + ++issued;
    codes.put(code, query);
    return new Reply(
        302,
        Map.of(
            "Location",
            redirect + "?code=" + code + "&state=" + encode(query.getOrDefault("state", ""))),
        "text/html",
        "");
  }

  private synchronized Reply token(Map<String, String> form) {
    if (!CLIENT_ID.equals(form.get("client_id")) && !form.containsKey("client_assertion")) {
      return Reply.error(400, "unauthorized_client", 700016, "Application was not found.");
    }
    return switch (form.getOrDefault("grant_type", "")) {
      case "authorization_code" -> code(form);
      case "refresh_token" -> refresh(form);
      case "client_credentials" -> app(form);
      case "urn:ietf:params:oauth:grant-type:device_code" -> deviceToken(form);
      default -> Reply.error(400, "unsupported_grant_type", 70003, "No such grant.");
    };
  }

  private Reply code(Map<String, String> form) {
    Map<String, String> asked = codes.remove(form.get("code"));
    if (asked == null) {
      return Reply.error(400, "invalid_grant", 54005, "Code was already redeemed.");
    }
    if (!asked.get("redirect_uri").equals(form.get("redirect_uri"))) {
      return Reply.error(400, "invalid_grant", 50011, "The redirect URI differs.");
    }
    if (!asked.get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")))) {
      return Reply.error(400, "invalid_grant", 501481, "The verifier does not match.");
    }
    if (form.containsKey("client_secret")) {
      return Reply.error(401, "invalid_client", 700025, "Client is public.");
    }
    return tokens(newRefreshToken());
  }

  private Reply refresh(Map<String, String> form) {
    String old = form.get("refresh_token");
    if (!refreshTokens.containsKey(old)) {
      return Reply.error(
          400, "invalid_grant", 700082, "The refresh token " + old + " has expired.");
    }
    if (!rotate) {
      return tokens(null);
    }
    refreshTokens.remove(old);
    return tokens(newRefreshToken());
  }

  private Reply app(Map<String, String> form) {
    if (!(url() + "/.default").equals(form.get("scope"))) {
      return Reply.error(400, "invalid_scope", 70011, "The scope is not valid.");
    }
    boolean proven =
        CLIENT_SECRET.equals(form.get("client_secret")) || form.containsKey("client_assertion");
    return proven
        ? tokens(null)
        : Reply.error(401, "invalid_client", 7000215, "Invalid client secret provided.");
  }

  private Reply device(Map<String, String> form) {
    return form.getOrDefault("scope", "").contains("offline_access")
        ? Reply.json(
            200,
            """
            {"user_code":"ABCD-EFGH","device_code":"device-code-secret",\
            "verification_uri":"https://microsoft.com/devicelogin","expires_in":900,"interval":5,\
            "message":"open the page"}""")
        : Reply.error(400, "invalid_scope", 70011, "The scope is not valid.");
  }

  private Reply deviceToken(Map<String, String> form) {
    String state = deviceStates.poll();
    if (state != null) {
      return Reply.error(400, state, 70016, "See the error.");
    }
    return "device-code-secret".equals(form.get("device_code"))
        ? tokens(newRefreshToken())
        : Reply.error(400, "bad_verification_code", 70019, "No such code.");
  }

  private Reply tokens(String refreshToken) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("token_type", "\"Bearer\"");
    fields.put("scope", "\"User.Read Files.Read\"");
    fields.put("access_token", "\"access-token-" + ++issued + "\"");
    if (lifetime >= 0) {
      fields.put("expires_in", String.valueOf(lifetime));
    }
    if (refreshToken != null) {
      fields.put("refresh_token", "\"" + refreshToken + "\"");
    }
    StringBuilder json = new StringBuilder();
    fields.forEach(
        (name, value) ->
            json.append(json.isEmpty() ? "{" : ",")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
    return Reply.json(200, json.append('}').toString());
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> parse(String form) {
    if (form == null || form.isEmpty()) {
      return Collections.emptyMap();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      fields.put(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
    }
    return fields;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
