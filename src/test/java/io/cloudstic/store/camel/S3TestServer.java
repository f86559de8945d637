package io.cloudstic.store.camel;

import io.cloudstic.store.StoreUri;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 service on the loopback interface, in memory. */
public final class S3TestServer implements AutoCloseable {
  public static final String ID = "test-id";
  public static final String SECRET = "test-secret";

  private static final int A_DAY = 86_400;

  private final S3Proxy server;

  /** Starts with no buckets. */
  public S3TestServer() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new TransientNio2BlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ID, SECRET)
            // Tests of wrong clocks judge them themselves.
            .maximumTimeSkew(A_DAY)
            .build();
    server.start();
  }

  /** Where it listens. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /** Makes a bucket; the credentials must be in the SDK's default chain. */
  public void createBucket(String bucket) {
    StoreUri.S3 uri = (StoreUri.S3) StoreUri.parse("s3:" + endpoint() + "/" + bucket);
    try (S3Client client = S3Clients.open(S3Settings.of(uri, Map.of(), key -> null))) {
      client.createBucket(r -> r.bucket(bucket));
    }
  }

  /** Takes everything out of a bucket. */
  static void clear(S3Client client, String bucket) {
    while (true) {
      List<S3Object> page = client.listObjectsV2(r -> r.bucket(bucket)).contents();
      if (page.isEmpty()) {
        return;
      }
      List<ObjectIdentifier> ids =
          page.stream().map(o -> ObjectIdentifier.builder().key(o.key()).build()).toList();
      client.deleteObjects(r -> r.bucket(bucket).delete(d -> d.objects(ids)));
    }
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }
}
