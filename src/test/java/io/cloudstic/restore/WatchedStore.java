package io.cloudstic.restore;

import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.ObjectStore;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Shows another store, and tells of every part of a pack that is read before it is. */
final class WatchedStore implements ObjectStore {
  /** Is told; what it throws, the reader gets. */
  interface Watcher {
    void reading(String key, long offset, int length);
  }

  private final ObjectStore store;
  private final Watcher watcher;

  WatchedStore(ObjectStore store, Watcher watcher) {
    this.store = store;
    this.watcher = watcher;
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    watcher.reading(key, offset, length);
    return store.getRange(key, offset, length);
  }

  @Override
  public void put(String key, byte[] data) {
    store.put(key, data);
  }

  @Override
  public void create(String key, byte[] data) {
    store.create(key, data);
  }

  @Override
  public byte[] get(String key) {
    return store.get(key);
  }

  @Override
  public OptionalLong size(String key) {
    return store.size(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    store.list(prefix, sink);
  }

  @Override
  public void delete(String key) {
    store.delete(key);
  }
}
