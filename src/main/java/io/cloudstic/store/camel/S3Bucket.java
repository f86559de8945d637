package io.cloudstic.store.camel;

import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bean {@code s3Bucket} of {@code routes/store-s3.camel.yaml}: turns keys and answers of the
 * store into those of S3 and back. Thread-safe.
 */
public final class S3Bucket {
  private final S3Client client;
  private final S3Settings settings;

  /** The bucket of the settings; the client is used by {@link #check()} only. */
  public S3Bucket(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Returns when the bucket can be asked; keys without the right to ask, and services that are busy
   * in this moment, count as able.
   *
   * @throws StoreException when there is no such bucket, no such service, or no credentials
   */
  public void check() {
    String bucket = settings.bucket();
    try {
      client.headBucket(HeadBucketRequest.builder().bucket(bucket).build());
    } catch (AwsServiceException e) {
      if (e.statusCode() == 404) {
        throw new StoreException(
            "there is no bucket " + bucket + settings.endpoint().map(u -> " at " + u).orElse(""),
            "make the bucket first, or correct its name in -store",
            e);
      }
      if (e.statusCode() != 403 && !PassingFault.mayPass(e)) {
        throw S3Faults.translate("ask for", "the bucket " + bucket, e);
      }
    } catch (SdkException e) {
      throw S3Faults.translate("ask for", "the bucket " + bucket, e);
    }
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

  /** The request for the page of a listing that follows the key {@code after}. */
  public ListObjectsRequest page(String prefix, String after) {
    return ListObjectsRequest.builder()
        .bucket(settings.bucket())
        .prefix(settings.prefix() + prefix)
        .marker(after.isEmpty() ? null : settings.prefix() + after)
        .build();
  }

  /** The objects of a page, by the store's keys. */
  public List<ObjectInfo> objects(List<S3Object> page) {
    List<ObjectInfo> objects = new ArrayList<>(page.size());
    for (S3Object object : page) {
      objects.add(
          new ObjectInfo(
              object.key().substring(settings.prefix().length()),
              object.size(),
              object.lastModified()));
    }
    return objects;
  }

  /** The object's length. */
  public long size(HeadObjectResponse answer) {
    return answer.contentLength();
  }

  /**
   * Reads an answer to its end and frees its connection.
   *
   * @throws IOException when it ends early or the connection breaks, which may pass
   */
  public byte[] read(ResponseInputStream<GetObjectResponse> answer) throws IOException {
    try (answer) {
      Long announced = answer.response().contentLength();
      // Grows with what really comes, whatever was announced.
      byte[] data = answer.readNBytes(Integer.MAX_VALUE - 8);
      if (announced != null && data.length != announced) {
        throw new EOFException("it ends after " + data.length + " of " + announced + " bytes");
      }
      return data;
    }
  }
}
