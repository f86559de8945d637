package io.cloudstic.store.camel;

import io.cloudstic.store.ObjectInfo;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bean {@code s3Listing} of {@code routes/store-s3.camel.yaml}: lists a bucket page by page.
 * Thread-safe.
 *
 * <p>Each page names the next by a token of the service's own (ListObjectsV2), so that the order of
 * the keys does not matter. A service that refuses the call (501), or says "more" without a token,
 * knows the first version of it only, and is asked by that from there on.
 */
public final class S3Listing {
  private final S3Client client;
  private final S3Settings settings;

  /** A listing of the settings' bucket. */
  public S3Listing(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Where a page begins: a token of ListObjectsV2, or the last key before it for ListObjects. */
  private record Next(String token, String marker) {}

  /**
   * A page of the objects below a prefix.
   *
   * @param prefix empty, or ending in {@code /}
   * @param next what the page before named as the next; null for the first
   * @throws IOException when the answer is no listing, which may pass
   */
  public ObjectPage page(String prefix, Object next) throws IOException {
    Next from = next instanceof Next known ? known : new Next(null, null);
    if (from.marker != null) {
      return byMarker(prefix, from.marker);
    }
    try {
      return byToken(prefix, from.token);
    } catch (AwsServiceException e) {
      if (e.statusCode() != 501 || from.token != null) {
        throw e;
      }
      return byMarker(prefix, null);
    }
  }

  private ObjectPage byToken(String prefix, String token) throws IOException {
    ListObjectsV2Response page =
        client.listObjectsV2(
            ListObjectsV2Request.builder()
                .bucket(settings.bucket())
                .prefix(settings.prefix() + prefix)
                .encodingType(EncodingType.URL)
                .continuationToken(token)
                .build());
    mustBeListing(page.contents(), page.name(), page.isTruncated(), page.keyCount());
    if (!Boolean.TRUE.equals(page.isTruncated())) {
      return new ObjectPage(objects(page.contents()), null);
    }
    String follows = page.nextContinuationToken();
    return follows == null || follows.isEmpty()
        ? pageBeforeMarker(page.contents(), null)
        : new ObjectPage(objects(page.contents()), new Next(follows, null));
  }

  private ObjectPage byMarker(String prefix, String marker) throws IOException {
    ListObjectsResponse page =
        client.listObjects(
            r ->
                r.bucket(settings.bucket())
                    .prefix(settings.prefix() + prefix)
                    .encodingType(EncodingType.URL)
                    .marker(marker));
    mustBeListing(page.contents(), page.name(), page.isTruncated(), page.maxKeys());
    return Boolean.TRUE.equals(page.isTruncated())
        ? pageBeforeMarker(page.contents(), page.nextMarker())
        : new ObjectPage(objects(page.contents()), null);
  }

  private ObjectPage pageBeforeMarker(List<S3Object> contents, String named) throws IOException {
    String marker = named;
    if (marker == null || marker.isEmpty()) {
      if (contents.isEmpty()) {
        throw new ProtocolException("the service says that there is more, and not where");
      }
      marker = contents.get(contents.size() - 1).key();
    }
    return new ObjectPage(objects(contents), new Next(null, marker));
  }

  /**
   * An error, or a page of a proxy, sent with status 200 reads like a listing of nothing; but
   * nothing found is what makes an object count as lost or free.
   */
  private static void mustBeListing(List<S3Object> contents, Object... fields) throws IOException {
    if (contents.isEmpty() && Stream.of(fields).allMatch(Objects::isNull)) {
      throw new ProtocolException("the service answered with something that is no listing");
    }
  }

  private List<ObjectInfo> objects(List<S3Object> page) throws IOException {
    List<ObjectInfo> objects = new ArrayList<>(page.size());
    for (S3Object object : page) {
      if (object.key() == null || object.size() == null) {
        throw new ProtocolException("the listing lacks an object's name or length");
      }
      if (object.key().startsWith(settings.prefix())) {
        String key = object.key().substring(settings.prefix().length());
        objects.add(new ObjectInfo(key, object.size(), object.lastModified()));
      }
    }
    return objects;
  }
}
