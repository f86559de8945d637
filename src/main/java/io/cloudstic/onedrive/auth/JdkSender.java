package io.cloudstic.onedrive.auth;

import com.nimbusds.oauth2.sdk.http.HTTPRequestSender;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPRequest;
import com.nimbusds.oauth2.sdk.http.ReadOnlyHTTPResponse;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Stop;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends the SDK's requests by the platform's HTTP client: no redirect is followed, a reply is
 * bounded in size and time, and waiting ends when the run is stopped. Thread-safe.
 */
final class JdkSender implements HTTPRequestSender {
  private static final long STOP_POLL_MILLIS = 100;

  private final Stop stop;
  // Made when it is first needed, which most commands never do: it takes a tenth of a second.
  private HttpClient client;

  JdkSender(Stop stop) {
    this.stop = stop;
  }

  @Override
  public ReadOnlyHTTPResponse send(ReadOnlyHTTPRequest request) throws IOException {
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.getURI());
    request
        .getHeaderMap()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    builder.header("Accept", "application/json");
    String body = request.getBody() == null ? "" : request.getBody();
    builder.method(
        request.getMethod().name(),
        HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    CompletableFuture<HttpResponse<byte[]>> reply =
        client().sendAsync(builder.build(), info -> new BoundedBody(SignInLimits.LONGEST_REPLY));
    try {
      return convert(await(reply));
    } finally {
      reply.cancel(true);
    }
  }

  private synchronized HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(SignInLimits.CONNECT_TIMEOUT)
              .build();
    }
    return client;
  }

  private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> reply)
      throws IOException {
    long looks = SignInLimits.REQUEST_TIMEOUT.toMillis() / STOP_POLL_MILLIS;
    for (long look = 0; look < looks; look++) {
      stop.check();
      try {
        return reply.get(STOP_POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not yet; look whether the run was stopped.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
    throw new IOException("no answer within " + SignInLimits.REQUEST_TIMEOUT.toSeconds() + " s");
  }

  private static HTTPResponse convert(HttpResponse<byte[]> reply) {
    HTTPResponse response = new HTTPResponse(reply.statusCode());
    reply
        .headers()
        .map()
        .forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
    response.setBody(new String(reply.body(), StandardCharsets.UTF_8));
    return response;
  }
}
