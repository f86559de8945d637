package io.cloudstic.store.camel;

import io.cloudstic.store.LocalStore;
import io.cloudstic.store.StoreUri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What a store asks of the Camel context that its routes run in. Making one opens no connection and
 * touches no disk.
 *
 * @param name the first part of its routes' names
 * @param routeFiles the names of the route files that ship and that it needs
 * @param beans what its routes refer to
 * @param properties what its routes take by {@code {{…}}}
 * @param check returns when the store can be reached, and fails with what to do otherwise
 * @param resources what is to be closed after the context has stopped
 */
public record StoreBinding(
    String name,
    Set<String> routeFiles,
    Map<String, Object> beans,
    Map<String, String> properties,
    Runnable check,
    List<AutoCloseable> resources) {

  /**
   * What the store of this name needs.
   *
   * @param properties looks a key of {@code application.properties} up; null where there is none
   * @throws io.cloudstic.failure.UsageException when a setting is wrong
   */
  public static StoreBinding of(
      StoreUri uri, Map<String, String> environment, Function<String, String> properties) {
    if (uri instanceof StoreUri.S3 s3) {
      return s3(S3Settings.of(s3, environment, properties));
    }
    if (uri instanceof StoreUri.Local local) {
      return new StoreBinding(
          RouteStore.DEFAULT_NAME,
          Set.of("store-local", "errors"),
          beans(Map.of("localStore", new LocalStore(local.path()))),
          Map.of(),
          () -> {},
          List.of());
    }
    return new StoreBinding(
        ((StoreUri.Route) uri).name(),
        Set.of("errors"),
        beans(Map.of()),
        Map.of(),
        () -> {},
        List.of());
  }

  private static StoreBinding s3(S3Settings settings) {
    S3Client client = S3Clients.open(settings);
    S3Bucket bucket = new S3Bucket(client, settings);
    return new StoreBinding(
        RouteStore.DEFAULT_NAME,
        Set.of("store-s3", "errors"),
        beans(
            Map.of(
                "s3Client", S3Clients.withoutBucketCheck(client),
                "s3Bucket", bucket,
                "s3Listing", new S3Listing(client, settings),
                "s3Content", new S3Content(),
                "conditionRefused", new ConditionRefused())),
        Map.of("cloudstic.s3.bucket", settings.bucket()),
        bucket::check,
        List.of(client));
  }

  /** The beans of one kind of store, with those of the route configuration store-errors. */
  private static Map<String, Object> beans(Map<String, Object> ofKind) {
    Map<String, Object> beans = new HashMap<>(ofKind);
    beans.put("passingFault", new PassingFault());
    beans.put("retryNotice", new RetryNotice());
    return beans;
  }

  /** The endpoints that the routes must begin at. */
  public List<String> endpoints() {
    return RouteStore.OPERATIONS.stream().map(o -> "direct:" + name + "-" + o).toList();
  }
}
