package io.cloudstic.store.camel;

import io.cloudstic.failure.CloudsticException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.http.base.HttpOperationFailedException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.RetryableException;

/**
 * Decides whether a store route's fault may pass, so that the same call is worth another try:
 * timeouts, broken connections, answers that say "later" or "try again". What the service refuses
 * for good (not found, forbidden, taken, not implemented) is not tried again.
 *
 * <p>Used as {@code onWhen} of the route configuration {@code store-errors}.
 */
public final class PassingFault implements Predicate {
  /** 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
  private static final Set<Integer> PASSING_STATUS = Set.of(408, 425, 429);

  /**
   * Codes that mean "try again" with a status that does not say so. The damage in transit
   * (BadDigest and the checksum) is repaired by sending again; the clock's skew is learnt by the
   * client from the first refusal; the conflicts are other writers of the same key in this moment;
   * an internal error may come with status 200.
   */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "IncompleteBody",
          "OperationAborted",
          "ConditionalRequestConflict",
          "InternalError",
          "ServiceUnavailable",
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");

  /**
   * How often a call is made again that nobody answered: each time costs a minute or two of waiting
   * (idle-timeout), and a service that is silent three times over is down.
   */
  private static final int MOST_TIMEOUTS = 3;

  private static final String TIMEOUTS = "CloudsticStoreTimeouts";

  @Override
  public boolean matches(Exchange exchange) {
    Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return mayPass(fault) && !(isTimeout(fault) && timeouts(exchange) >= MOST_TIMEOUTS);
  }

  /** Counts the fault of an exchange that {@link #matches} has let pass. */
  static void count(Exchange exchange, Throwable fault) {
    if (isTimeout(fault)) {
      exchange.setProperty(TIMEOUTS, timeouts(exchange) + 1);
    }
  }

  private static int timeouts(Exchange exchange) {
    return exchange.getProperty(TIMEOUTS, 0, Integer.class);
  }

  private static boolean isTimeout(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof InterruptedIOException) {
        return true;
      }
    }
    return false;
  }

  /** Whether the same call may succeed later. */
  static boolean mayPass(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof CloudsticException
          || t instanceof AbortedException
          || t instanceof InterruptedException
          || t instanceof FileSystemException) {
        return false;
      }
      if (t instanceof AwsServiceException answer) {
        return mayPass(answer);
      }
      if (t instanceof HttpOperationFailedException answer) {
        return mayPass(answer.getStatusCode());
      }
      if (t instanceof IOException
          || t instanceof XMLStreamException
          || t instanceof ApiCallAttemptTimeoutException
          || t instanceof RetryableException) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayPass(AwsServiceException answer) {
    String code = S3Faults.code(answer);
    return answer.isThrottlingException()
        || PASSING_CODES.contains(code)
        || mayPass(answer.statusCode());
  }

  private static boolean mayPass(int status) {
    // 501 is a service's way to say that it will never know the call.
    return (status >= 500 && status != 501) || PASSING_STATUS.contains(status);
  }
}
