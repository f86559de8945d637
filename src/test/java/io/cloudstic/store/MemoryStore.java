package io.cloudstic.store;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;

/** A store in memory, for tests. */
public class MemoryStore implements ObjectStore {
  private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public void put(String key, byte[] data) {
    objects.put(Keys.check(key), data.clone());
  }

  @Override
  public void create(String key, byte[] data) {
    if (objects.putIfAbsent(Keys.check(key), data.clone()) != null) {
      throw new ObjectExistsException(key, null);
    }
  }

  @Override
  public byte[] get(String key) {
    return found(key).clone();
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    byte[] data = found(key);
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("not a range");
    }
    if (offset + length > data.length) {
      throw new StoreException(key + " ends before the range", null, null);
    }
    return Arrays.copyOfRange(data, (int) offset, (int) offset + length);
  }

  @Override
  public OptionalLong size(String key) {
    byte[] data = objects.get(Keys.check(key));
    return data == null ? OptionalLong.empty() : OptionalLong.of(data.length);
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    Keys.checkPrefix(prefix);
    objects.forEach(
        (key, data) -> {
          if (key.startsWith(prefix)) {
            sink.accept(new ObjectInfo(key, data.length));
          }
        });
  }

  @Override
  public void delete(String key) {
    objects.remove(Keys.check(key));
  }

  private byte[] found(String key) {
    byte[] data = objects.get(Keys.check(key));
    if (data == null) {
      throw new ObjectNotFoundException(key, null);
    }
    return data;
  }
}
