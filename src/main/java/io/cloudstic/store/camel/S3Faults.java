package io.cloudstic.store.camel;

import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.store.StoreDeniedException;
import io.cloudstic.store.StoreException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Says what the answers of an S3 service mean, by its error codes. */
final class S3Faults {
  private static final String CREDENTIALS =
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN for temporary"
          + " credentials), or name a profile of ~/.aws/credentials with CLOUDSTIC_S3_PROFILE";

  private S3Faults() {}

  /** The service's error code, or an empty text where the answer has none (as to HEAD). */
  static String code(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  /** The failure that a store's contract names for this fault. */
  static RuntimeException translate(String operation, String key, SdkException fault) {
    if (fault instanceof NoSuchKeyException) {
      return new ObjectNotFoundException(key, fault);
    }
    String what = StoreFaults.what(operation, key);
    return fault instanceof AwsServiceException answer
        ? ofAnswer(what, key, answer)
        : ofClient(what, fault);
  }

  private static RuntimeException ofAnswer(String what, String key, AwsServiceException answer) {
    String code = code(answer);
    String message = what + ": " + said(answer, code);
    Optional<String> region = otherRegion(answer, code);
    if (region.isPresent()) {
      return new StoreException(
          message + "; the bucket is in " + region.get(),
          "set CLOUDSTIC_S3_REGION=" + region.get(),
          answer);
    }
    switch (code) {
      case "NoSuchBucket":
        return new StoreException(
            message, "make the bucket first, or correct its name in -store", answer);
      case "ExpiredToken", "TokenRefreshRequired":
        return new StoreDeniedException(
            message,
            "get new temporary credentials and run the same command again; what is stored already"
                + " is kept",
            answer);
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken":
        return new StoreDeniedException(message, CREDENTIALS, answer);
      case "RequestTimeTooSkewed":
        return new StoreException(message, "set this computer's clock", answer);
      default:
        return ofStatus(message, key, answer);
    }
  }

  private static RuntimeException ofStatus(String message, String key, AwsServiceException answer) {
    return switch (answer.statusCode()) {
      case 404 -> new ObjectNotFoundException(key, answer);
      case 412 -> new ObjectExistsException(key, answer);
      case 401, 403 ->
          new StoreDeniedException(
              message,
              "the credentials must allow s3:ListBucket on the bucket, and s3:GetObject,"
                  + " s3:PutObject and s3:DeleteObject on what is in it",
              answer);
      case 301, 307, 308, 400 ->
          new StoreException(
              message,
              "see that CLOUDSTIC_S3_REGION and CLOUDSTIC_S3_ENDPOINT are those of the bucket; a"
                  + " service that knows no new checksums needs cloudstic.s3.checksums=when-required"
                  + " in application.properties",
              answer);
      case 411, 501 ->
          new StoreException(
              message,
              "the service lacks what it was asked for; if it is about checksums, set"
                  + " cloudstic.s3.checksums=when-required in application.properties",
              answer);
      case 416 ->
          new StoreException("cannot read a part of " + key + ": it ends before", null, answer);
      default ->
          new StoreException(message, "try again later; what is stored already is kept", answer);
    };
  }

  /** Where the bucket is, when that is why the service refused the call. */
  private static Optional<String> otherRegion(AwsServiceException answer, String code) {
    int status = answer.statusCode();
    if (status != 301 && status != 307 && !code.equals("AuthorizationHeaderMalformed")) {
      return Optional.empty();
    }
    return Optional.ofNullable(answer.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
        .filter(region -> region.matches("[a-zA-Z0-9-]{1,64}"));
  }

  private static StoreException ofClient(String what, SdkException fault) {
    String said = said(fault);
    if (said.contains("credentials")) {
      return new StoreException(what + ": no credentials for S3 were found", CREDENTIALS, fault);
    }
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof UnknownHostException) {
        return new StoreException(
            what + ": no such host: " + t.getMessage(),
            "see that CLOUDSTIC_S3_ENDPOINT is right and that the network is up",
            fault);
      }
      if (t instanceof SSLException) {
        return new StoreException(
            what + ": no secure connection: " + t.getMessage(),
            "see that CLOUDSTIC_S3_ENDPOINT speaks TLS and that Java trusts its certificate"
                + " (docs/operations.md, S3)",
            fault);
      }
    }
    return new StoreException(
        what + ": " + said,
        "see that CLOUDSTIC_S3_ENDPOINT is right and that the network is up, then try again; what is"
            + " stored already is kept",
        fault);
  }

  /** What the SDK says, without what concerns itself alone; or else what it was told. */
  private static String said(SdkException fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      String said =
          String.valueOf(t.getMessage())
              .replaceFirst("^Unable to execute HTTP request: ", "")
              .replaceFirst(" \\(SDK Attempt Count: \\d+\\)$", "");
      if (!said.isBlank() && !said.equals("null")) {
        return said;
      }
    }
    return fault.getClass().getSimpleName();
  }

  private static String said(AwsServiceException answer, String code) {
    String message =
        Optional.ofNullable(answer.awsErrorDetails())
            .map(AwsErrorDetails::errorMessage)
            .filter(text -> !text.isEmpty())
            .orElse("");
    StringBuilder said = new StringBuilder("S3 answered ").append(answer.statusCode());
    if (!code.isEmpty()) {
      said.append(' ').append(code);
    }
    return message.isEmpty()
        ? said.toString()
        : said.append(" (").append(message).append(')').toString();
  }
}
