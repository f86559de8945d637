package io.cloudstic.store.camel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An HTTP client that ends calls which hardly move. A socket's timeout notices a service that sends
 * nothing; it does not notice one that no longer takes what it is sent, nor one that sends a byte
 * now and then. Here a call must move {@link #LEAST} bytes, in either direction, in each span of
 * the patience, or end. One that does not fails with a {@link SocketTimeoutException}. Thread-safe.
 */
final class StallGuard implements SdkHttpClient {
  /** Slower than any line that a backup could be made over. */
  static final int LEAST = 8192;

  private final SdkHttpClient client;
  private final Duration patience;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "s3-stall-guard");
            thread.setDaemon(true);
            return thread;
          });

  /** Guards the calls of this client, which it closes at the end. */
  StallGuard(SdkHttpClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new GuardedCall(request);
  }

  @Override
  public String clientName() {
    return client.clientName();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.close();
  }

  /** A call from its first byte to the end of its answer. */
  private final class GuardedCall implements ExecutableHttpRequest {
    private final ExecutableHttpRequest call;
    private final AtomicLong moved = new AtomicLong();
    private long movedBefore;
    private volatile boolean stalled;
    private volatile Future<?> watching;

    GuardedCall(HttpExecuteRequest request) {
      HttpExecuteRequest.Builder counted =
          HttpExecuteRequest.builder().request(request.httpRequest());
      request
          .contentStreamProvider()
          .ifPresent(
              content -> counted.contentStreamProvider(() -> new Counted(content.newStream())));
      request.metricCollector().ifPresent(counted::metricCollector);
      call = client.prepareRequest(counted.build());
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      long span = patience.toMillis();
      watching = watch.scheduleAtFixedRate(this::look, span, span, TimeUnit.MILLISECONDS);
      try {
        HttpExecuteResponse answer = call.call();
        AbortableInputStream body = answer.responseBody().orElse(null);
        if (body == null) {
          end();
          return answer;
        }
        return HttpExecuteResponse.builder()
            .response(answer.httpResponse())
            .responseBody(AbortableInputStream.create(new Counted(body), () -> abort(body)))
            .build();
      } catch (IOException | RuntimeException e) {
        end();
        if (stalled) {
          throw stalled(e);
        }
        throw e;
      }
    }

    @Override
    public void abort() {
      end();
      call.abort();
    }

    private void abort(AbortableInputStream body) {
      end();
      body.abort();
    }

    private void look() {
      long now = moved.get();
      if (now - movedBefore < LEAST) {
        stalled = true;
        abort();
      }
      movedBefore = now;
    }

    private void end() {
      Future<?> task = watching;
      if (task != null) {
        task.cancel(false);
      }
    }

    private IOException stalled(Exception e) {
      SocketTimeoutException timeout =
          new SocketTimeoutException("it stood still for " + patience.toSeconds() + " seconds");
      timeout.initCause(e);
      return timeout;
    }

    /** Counts what is read of what is sent, or of the answer; its end is the call's. */
    private final class Counted extends FilterInputStream {
      private final boolean answer;

      Counted(InputStream sent) {
        super(sent);
        answer = false;
      }

      Counted(AbortableInputStream received) {
        super(received);
        answer = true;
      }

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int count;
        try {
          count = super.read(into, offset, length);
        } catch (IOException e) {
          throw stalled ? stalled(e) : e;
        }
        if (count > 0) {
          moved.addAndGet(count);
        } else if (answer) {
          end();
        }
        return count;
      }

      @Override
      public void close() throws IOException {
        if (answer) {
          end();
        }
        super.close();
      }
    }
  }
}
