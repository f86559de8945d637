package io.cloudstic.store.camel;

import io.cloudstic.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The bean {@code s3Bucket} of {@code routes/store-s3.camel.yaml}: turns keys and answers of the
 * store into those of S3 and back. Thread-safe.
 */
public final class S3Bucket {
  private final S3Client client;
  private final S3Settings settings;

  /** The bucket of the settings. */
  public S3Bucket(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Returns when the bucket can be asked; keys without the right to ask, and services that are busy
   * in this moment, count as able.
   *
   * @throws StoreException when there is no such bucket, no such service, or no valid credentials
   */
  public void check() {
    try {
      client.headBucket(r -> r.bucket(settings.bucket()));
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        throw noBucket(e);
      }
      if (!PassingFault.mayPass(e)) {
        askForReason();
      }
    } catch (SdkException e) {
      if (isOutOfReach(e) || !PassingFault.mayPass(e)) {
        throw unusable(e);
      }
    }
  }

  /** The answer to a HEAD has no body, and so no reason; that to a listing has. */
  private void askForReason() {
    try {
      client.listObjectsV2(r -> r.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1));
    } catch (AwsServiceException e) {
      if (S3Faults.code(e).equals("NoSuchBucket")) {
        throw noBucket(e);
      }
      if (!S3Faults.code(e).equals("AccessDenied") && !PassingFault.mayPass(e)) {
        throw unusable(e);
      }
    } catch (SdkException e) {
      throw unusable(e);
    }
  }

  private StoreException noBucket(AwsServiceException e) {
    return new StoreException(
        "there is no bucket "
            + settings.bucket()
            + settings.endpoint().map(u -> " at " + u).orElse(""),
        "make the bucket first, or correct its name in -store",
        e);
  }

  private RuntimeException unusable(SdkException e) {
    return S3Faults.translate("ask for", "the bucket " + settings.bucket(), e);
  }

  /** What is not there at the first call should be said at once, not after all the tries. */
  private static boolean isOutOfReach(SdkException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof ConnectException
          || t instanceof NoRouteToHostException
          || t instanceof UnknownHostException
          || t instanceof InterruptedIOException
          || t instanceof SSLException) {
        return true;
      }
    }
    return false;
  }

  /** The object's name in the bucket. */
  public String key(String key) {
    return settings.prefix() + key;
  }

  /**
   * The Content-MD5 of a put, by which the service confirms that it got what was sent; null when
   * the SDK's own checksum does that.
   */
  public String contentMd5(byte[] data) {
    if (!settings.checksumsWhenRequired()) {
      return null;
    }
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /**
   * Looks at an object that was put, when the service answered without an ETag: whatever answers
   * so, a proxy for one, may not have stored it.
   *
   * @throws IOException when it is not there in full, which may pass
   */
  public void confirm(String key, String tag, byte[] data) throws IOException {
    if (tag != null && !tag.isEmpty()) {
      return;
    }
    HeadObjectResponse found;
    try {
      found = client.headObject(r -> r.bucket(settings.bucket()).key(key(key)));
    } catch (NoSuchKeyException e) {
      throw new ProtocolException("the service answered 200, and has no such object");
    }
    if (found.contentLength() == null || found.contentLength() != data.length) {
      throw new ProtocolException("the service answered 200, and did not store all of it");
    }
  }

  /** The object's length. */
  public long size(HeadObjectResponse answer) {
    return answer.contentLength();
  }
}
