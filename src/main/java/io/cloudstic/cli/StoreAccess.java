package io.cloudstic.cli;

import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.camel.RouteFiles;
import io.cloudstic.store.LocalStore;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreUri;

/**
 * The store that the user named, for a command that runs no other routes. A local store whose route
 * file is the one that ships is opened directly, which is what the routes would do, without the
 * time that Camel needs to start; everything else goes through the routes.
 */
final class StoreAccess implements AutoCloseable {
  private final StoreUri uri;
  private final CamelRuntime runtime;
  private final ObjectStore store;

  private StoreAccess(StoreUri uri, CamelRuntime runtime, ObjectStore store) {
    this.uri = uri;
    this.runtime = runtime;
    this.store = store;
  }

  /** The store's name: flag, environment, default. */
  static StoreUri uri(CommandContext context) {
    String flag = context.global().store;
    return flag != null
        ? StoreUri.parse(flag)
        : StoreUri.fromEnvironment(context.settings().environment())
            .orElseGet(() -> StoreUri.parse(StoreUri.DEFAULT));
  }

  static StoreAccess open(CommandContext context) {
    StoreUri uri = uri(context);
    RouteFiles routes = context.settings().routes();
    if (uri instanceof StoreUri.Local local && routes.isAsShipped("store-local")) {
      return new StoreAccess(uri, null, new LocalStore(local.path()));
    }
    CamelRuntime runtime =
        CamelRuntime.builder(routes, context.settings().properties())
            .routes("errors")
            .store(uri, context.settings().environment())
            .start();
    try {
      return new StoreAccess(uri, runtime, runtime.store());
    } catch (RuntimeException e) {
      runtime.close();
      throw e;
    }
  }

  /** The store as a user would write it. */
  String name() {
    return uri.text();
  }

  ObjectStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    if (runtime != null) {
      runtime.close();
    }
  }
}
