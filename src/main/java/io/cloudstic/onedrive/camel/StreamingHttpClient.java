package io.cloudstic.onedrive.camel;

import java.io.IOException;
import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

/**
 * What an HTTP client must and must not do for us. It must put links on the wire as they came, give
 * up when nothing arrives for a while, and be stoppable; it must not repeat requests, sleep for
 * {@code Retry-After}, follow redirects (with or without a token), keep cookies, or decompress,
 * because all of that is decided elsewhere, in the sight of the gate. Thread-safe.
 */
public final class StreamingHttpClient implements HttpClientConfigurer {
  private static final String REQUEST = "cloudstic.request";

  private final OpenRequests requests;
  private final Timeout idle;

  /**
   * A configuration for the endpoints that {@link RouteHttp} sends to.
   *
   * @param idle how long a body may bring nothing; for the first byte the endpoint's
   *     responseTimeout counts, which is longer, since files come from slow storage too
   */
  public StreamingHttpClient(OpenRequests requests, Duration idle) {
    this.requests = requests;
    this.idle = Timeout.of(idle);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableContentCompression()
        .disableAuthCaching()
        .setRequestExecutor(new Executor())
        .addExecInterceptorFirst("cloudstic-ticket", this::redeem);
  }

  /** Takes the ticket off and puts the request's own target in. */
  private ClassicHttpResponse redeem(
      ClassicHttpRequest message, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Header ticket = message.getFirstHeader(OpenRequests.TICKET_HEADER);
    message.removeHeaders(OpenRequests.TICKET_HEADER);
    OpenRequest request = requests.of(ticket == null ? null : ticket.getValue());
    if (request != null) {
      message.setPath(request.target());
      scope.clientContext.setAttribute(REQUEST, request);
    }
    return chain.proceed(message, scope);
  }

  /** Knows the connection of each request. */
  private final class Executor extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest message,
        HttpClientConnection connection,
        HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      if (context.getAttribute(REQUEST) instanceof OpenRequest request) {
        request.carriedBy(connection);
        // Asked between the check at the door and now, the wish to stop has found no connection.
        requests.stop().check();
      }
      ClassicHttpResponse answer = super.execute(message, connection, callback, context);
      connection.setSocketTimeout(idle);
      return answer;
    }
  }
}
