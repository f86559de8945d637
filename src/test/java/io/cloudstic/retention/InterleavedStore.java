package io.cloudstic.retention;

import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.ObjectStore;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A store under which something happens between any two operations, one at a time: what other
 * programs do to the objects meanwhile.
 */
final class InterleavedStore implements ObjectStore {
  private final ObjectStore objects;
  private final Consumer<String> between;

  /**
   * Over these objects.
   *
   * @param between is given the operation that comes next: its name, a blank, the key
   */
  InterleavedStore(ObjectStore objects, Consumer<String> between) {
    this.objects = objects;
    this.between = between;
  }

  private synchronized void step(String operation, String key) {
    between.accept(operation + ' ' + key);
  }

  @Override
  public void put(String key, byte[] data) {
    step("put", key);
    objects.put(key, data);
  }

  @Override
  public void create(String key, byte[] data) {
    step("create", key);
    objects.create(key, data);
  }

  @Override
  public byte[] get(String key) {
    step("get", key);
    return objects.get(key);
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    step("getRange", key);
    return objects.getRange(key, offset, length);
  }

  @Override
  public OptionalLong size(String key) {
    step("size", key);
    return objects.size(key);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    step("list", prefix);
    objects.list(prefix, sink);
  }

  @Override
  public void delete(String key) {
    step("delete", key);
    objects.delete(key);
  }
}
