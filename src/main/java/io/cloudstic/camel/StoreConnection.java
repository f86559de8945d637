package io.cloudstic.camel;

import io.cloudstic.store.LocalStore;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreUri;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * A store for a command that needs nothing else of Camel, such as a listing.
 *
 * <p>A directory is opened without Camel as long as its routes are those that ship, which do
 * nothing but call the same {@link LocalStore}: starting Camel takes ten times as long as all the
 * rest of such a command. Every other store gets a runtime with its routes.
 */
public final class StoreConnection implements AutoCloseable {
  private final ObjectStore store;
  private final CamelRuntime runtime;

  private StoreConnection(ObjectStore store, CamelRuntime runtime) {
    this.store = store;
    this.runtime = runtime;
  }

  /**
   * Opens the store.
   *
   * @throws io.cloudstic.failure.UsageException when a route or a setting is wrong
   * @throws io.cloudstic.store.StoreException when the store cannot be reached
   */
  public static StoreConnection open(
      StoreUri uri, RouteFiles files, Properties properties, Map<String, String> environment) {
    if (uri instanceof StoreUri.Local local
        && files.areAsShipped(Set.of("store-local", "errors"))) {
      return new StoreConnection(new LocalStore(local.path()), null);
    }
    CamelRuntime runtime = CamelRuntime.builder(files, properties).store(uri, environment).start();
    try {
      return new StoreConnection(runtime.store(), runtime);
    } catch (RuntimeException e) {
      runtime.stop();
      throw e;
    }
  }

  /** The store; it is closed with this connection. */
  public ObjectStore store() {
    return store;
  }

  /** Whether Camel runs for it. */
  boolean usesRoutes() {
    return runtime != null;
  }

  @Override
  public void close() {
    store.close();
    if (runtime != null) {
      runtime.stop();
    }
  }
}
