package io.cloudstic.onedrive.camel;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.onedrive.client.Http;
import io.cloudstic.onedrive.client.Reply;
import io.cloudstic.onedrive.client.Request;
import io.cloudstic.onedrive.client.WireUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.ObjectHelper;

/**
 * HTTP through a route, so that users see and edit what happens to a request. The exchange is not
 * done before the answer's body is closed, because camel-http ends the response with the exchange.
 * Thread-safe.
 */
public final class RouteHttp implements Http {
  private final CamelContext context;
  private final String uri;
  private final OpenRequests requests;
  private volatile AsyncProcessor producer;

  /**
   * Requests go to the route that begins with this endpoint; it may start later than this is made.
   *
   * @param uri such as {@code direct:graph}
   */
  public RouteHttp(CamelContext context, String uri, OpenRequests requests) {
    this.context = context;
    this.uri = uri;
    this.requests = requests;
  }

  @Override
  public Reply send(Request request) throws IOException {
    OpenRequest open = requests.open(request);
    boolean streaming = false;
    Exchange exchange = null;
    try {
      AsyncProcessor target = producer();
      exchange = exchange(request, open);
      target.process(exchange);
      Reply reply = reply(exchange, open);
      streaming = exchange.getException() == null;
      return reply;
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failure(e);
    } finally {
      if (!streaming) {
        open.close();
        done(exchange);
      }
    }
  }

  private AsyncProcessor producer() throws Exception {
    AsyncProcessor ready = producer;
    if (ready == null) {
      synchronized (this) {
        ready = producer;
        if (ready == null) {
          Endpoint endpoint = context.getEndpoint(uri);
          ready = endpoint.createAsyncProducer();
          ServiceHelper.startService(ready);
          context.addService(ready);
          producer = ready;
        }
      }
    }
    return ready;
  }

  private Exchange exchange(Request request, OpenRequest open) {
    Exchange exchange = context.getEndpoint(uri).createExchange(ExchangePattern.InOut);
    // Of our own: the template and the route then leave its end to us.
    UnitOfWork work = PluginHelper.getUnitOfWorkFactory(context).createUnitOfWork(exchange);
    exchange.getExchangeExtension().setUnitOfWork(work);
    // Bodies are taken as sent: what gzip means differs between metadata and content.
    exchange.setProperty(Exchange.SKIP_GZIP_ENCODING, true);
    exchange.setProperty(GateSteps.UNITS, request.units());
    Map<String, Object> headers = exchange.getIn().getHeaders();
    headers.putAll(request.headers());
    headers.put(HttpConstants.HTTP_METHOD, request.method());
    headers.put(HttpConstants.HTTP_URI, WireUrl.origin(request.url()) + "/");
    headers.put(OpenRequests.TICKET_HEADER, open.ticket());
    exchange.getIn().setBody(request.body());
    return exchange;
  }

  private Reply reply(Exchange exchange, OpenRequest open) throws Exception {
    Exception failed = exchange.getException();
    if (failed != null) {
      AttemptFailedException answered =
          ObjectHelper.getException(AttemptFailedException.class, failed);
      if (answered == null) {
        throw failure(failed);
      }
      return answered.reply();
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getMessage()
        .getHeaders()
        .forEach((name, value) -> headers.put(name, String.valueOf(value)));
    int status = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, 0, int.class);
    InputStream body = exchange.getMessage().getBody(InputStream.class);
    return new Reply(
        status,
        headers,
        new ReplyBody(
            body == null ? new ByteArrayInputStream(new byte[0]) : body,
            open,
            () -> done(exchange)));
  }

  private IOException failure(Exception failed) {
    requests.stop().check();
    CloudsticException known = ObjectHelper.getException(CloudsticException.class, failed);
    if (known != null) {
      throw known;
    }
    IOException io = ObjectHelper.getException(IOException.class, failed);
    return io != null ? io : new IOException(failed.toString(), failed);
  }

  private static void done(Exchange exchange) {
    if (exchange != null && exchange.getUnitOfWork() != null) {
      exchange.getUnitOfWork().done(exchange);
    }
  }
}
