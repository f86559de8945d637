package io.cloudstic.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The least that is needed to talk to the simulator; it shares nothing with the product. */
final class Caller {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Simulator simulator;
  private final String token;

  Caller(Simulator simulator) {
    this.simulator = simulator;
    this.token = json(simulator.tokenFile()).path("access_token").asText();
  }

  String token() {
    return token;
  }

  /** A GET with the token, of a path below the Graph URL or of a whole link. */
  HttpResponse<String> get(String pathOrLink, String... headers) {
    String link =
        pathOrLink.startsWith("http") ? pathOrLink : simulator.graphUrl() + "/" + pathOrLink;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link.replace(" ", "%20")));
    request.header("Authorization", "Bearer " + token);
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  JsonNode json200(String pathOrLink) {
    HttpResponse<String> answer = get(pathOrLink);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body() + " for " + pathOrLink);
    }
    return json(answer.body());
  }

  static HttpResponse<String> bare(String link, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link));
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  static HttpResponse<byte[]> bytes(String link, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(link));
    return HTTP.send(
        (headers.length > 0 ? request.headers(headers) : request)
            .timeout(Duration.ofSeconds(20))
            .build(),
        BodyHandlers.ofByteArray());
  }

  static HttpResponse<String> post(String link, String type, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(link))
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .header("Content-Type", type);
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  static HttpResponse<String> form(String link, String body) {
    return post(link, "application/x-www-form-urlencoded", body);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text, e);
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
