package io.cloudstic.store.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudstic.camel.ApplicationProperties;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteFiles;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.ObjectStoreContract;
import io.cloudstic.store.StoreUri;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The routes of store-s3.camel.yaml as a store. */
class S3RouteStoreTest extends ObjectStoreContract {
  private static final String BUCKET = "backups";
  private static final String PREFIX = "some where/über/here";

  private static S3TestServer server;
  private static S3Client client;
  private static CamelRuntime runtime;

  @BeforeAll
  static void start() throws Exception {
    System.setProperty("aws.accessKeyId", S3TestServer.ID);
    System.setProperty("aws.secretAccessKey", S3TestServer.SECRET);
    server = new S3TestServer();
    StoreUri.S3 uri =
        (StoreUri.S3) StoreUri.parse("s3:" + server.endpoint() + "/" + BUCKET + "/" + PREFIX);
    client = S3Clients.open(S3Settings.of(uri, Map.of(), key -> null));
    client.createBucket(r -> r.bucket(BUCKET));
    runtime =
        CamelRuntime.builder(
                RouteFiles.find(Map.of(), null), ApplicationProperties.load(null, null))
            .store(uri, Map.of())
            .start();
  }

  @AfterAll
  static void stop() throws Exception {
    runtime.stop();
    client.close();
    server.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Override
  protected ObjectStore open() {
    S3TestServer.clear(client, BUCKET);
    return runtime.store();
  }

  @Test
  void objects_lie_below_the_prefix_in_restic_s_layout() {
    store.put("data/ab/abcd", bytes("x"));

    HeadObjectResponse found =
        client.headObject(r -> r.bucket(BUCKET).key(PREFIX + "/data/ab/abcd"));
    assertThat(found.contentType()).isEqualTo("application/octet-stream");
  }

  @Test
  void what_others_keep_in_the_bucket_is_not_listed() {
    store.put("data/ab/abcd", bytes("x"));
    client.putObject(
        r -> r.bucket(BUCKET).key(PREFIX + "/data/"),
        software.amazon.awssdk.core.sync.RequestBody.empty());
    client.putObject(
        r -> r.bucket(BUCKET).key("some/other"),
        software.amazon.awssdk.core.sync.RequestBody.empty());

    assertThat(keys("")).containsExactly("data/ab/abcd");
  }
}
