package io.cloudstic.store.camel;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Decides whether an S3 service refused a put because of its condition If-None-Match, so that it
 * may take the same without. Of those that do not know conditions some say so (501), others find
 * fault with the header (400). The bean {@code conditionRefused} of {@code
 * routes/store-s3.camel.yaml}.
 */
public final class ConditionRefused implements Predicate {
  private static final Set<String> CODES =
      Set.of("", "InvalidArgument", "InvalidRequest", "BadRequest", "NotImplemented");

  @Override
  public boolean matches(Exchange exchange) {
    AwsServiceException answer = exchange.getException(AwsServiceException.class);
    return answer != null && isRefused(answer);
  }

  private static boolean isRefused(AwsServiceException answer) {
    return switch (answer.statusCode()) {
      case 405, 501 -> true;
      case 400 -> CODES.contains(S3Faults.code(answer));
      default -> false;
    };
  }
}
