package io.cloudstic.cli;

import io.cloudstic.camel.StoreConnection;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreUri;

/** The store that the user named, for a command that runs no other routes. */
final class StoreAccess implements AutoCloseable {
  private final StoreUri uri;
  private final StoreConnection connection;

  private StoreAccess(StoreUri uri, StoreConnection connection) {
    this.uri = uri;
    this.connection = connection;
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
    return open(context, uri(context));
  }

  /** Another store than the one that the global flags name. */
  static StoreAccess open(CommandContext context, StoreUri uri) {
    Settings settings = context.settings();
    return new StoreAccess(
        uri,
        StoreConnection.open(
            uri, settings.routes(), settings.properties(), settings.environment()));
  }

  /** The store as a user would write it. */
  String name() {
    return uri.text();
  }

  ObjectStore store() {
    return connection.store();
  }

  @Override
  public void close() {
    connection.close();
  }
}
