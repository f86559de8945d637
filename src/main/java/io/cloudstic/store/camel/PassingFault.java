package io.cloudstic.store.camel;

import io.cloudstic.failure.CloudsticException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Set;
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
   * client from the first refusal; the conflicts are other writers of the same key in this moment.
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
          "SlowDown",
          "Throttling",
          "ThrottlingException",
          "TooManyRequests",
          "RequestLimitExceeded");

  @Override
  public boolean matches(Exchange exchange) {
    return mayPass(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
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
