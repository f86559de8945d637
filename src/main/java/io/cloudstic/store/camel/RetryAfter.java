package io.cloudstic.store.camel;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.camel.http.base.HttpOperationFailedException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Reads how long a service asks its callers to wait: the header Retry-After of RFC 9110, 10.2.3.
 */
final class RetryAfter {
  /** Longer than this is not waited for; the next try comes earlier than the service likes. */
  static final Duration MOST = Duration.ofMinutes(1);

  private RetryAfter() {}

  /** The wait that the answer behind a fault asks for, at most {@link #MOST}. */
  static Optional<Duration> of(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof AwsServiceException answer) {
        return Optional.ofNullable(answer.awsErrorDetails())
            .map(AwsErrorDetails::sdkHttpResponse)
            .flatMap(RetryAfter::of);
      }
      if (t instanceof HttpOperationFailedException answer && answer.getResponseHeaders() != null) {
        return of(
            answer.getResponseHeaders().get("Retry-After"),
            answer.getResponseHeaders().get("Date"));
      }
    }
    return Optional.empty();
  }

  private static Optional<Duration> of(SdkHttpResponse answer) {
    return of(
        answer.firstMatchingHeader("Retry-After").orElse(null),
        answer.firstMatchingHeader("Date").orElse(null));
  }

  /** A number of seconds, or a date, which is compared with the service's own. */
  static Optional<Duration> of(String header, String date) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      Duration wait =
          header.matches("\\d{1,9}")
              ? Duration.ofSeconds(Long.parseLong(header))
              : date == null ? Duration.ZERO : Duration.between(instant(date), instant(header));
      return wait.isNegative() || wait.isZero()
          ? Optional.empty()
          : Optional.of(wait.compareTo(MOST) > 0 ? MOST : wait);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Instant instant(String date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
  }
}
