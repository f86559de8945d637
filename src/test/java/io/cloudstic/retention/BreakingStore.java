package io.cloudstic.retention;

import io.cloudstic.store.MemoryStore;
import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.ObjectStore;
import io.cloudstic.store.StoreException;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A store in memory in which one operation can be made to go wrong, and all that follow. */
final class BreakingStore implements ObjectStore {
  /** What goes wrong. */
  enum Fault {
    /** One operation fails, the next ones succeed. */
    ERROR,
    /** The process dies before the operation. */
    DEATH_BEFORE,
    /** The process dies after the operation. */
    DEATH_AFTER,
    /** Something else happens at that moment, such as the wish to stop. */
    EVENT
  }

  private final AtomicInteger operations = new AtomicInteger();
  private MemoryStore objects = new MemoryStore();
  private int at = Integer.MAX_VALUE;
  private Fault fault;
  private Runnable event;

  /** A copy of all objects. */
  static MemoryStore copy(ObjectStore from) {
    MemoryStore copy = new MemoryStore();
    from.list("", object -> copy.put(object.key(), from.get(object.key())));
    return copy;
  }

  /** Holds a copy of these objects from now on, and works. */
  void reset(MemoryStore to) {
    objects = copy(to);
    mend();
  }

  /** Works from now on; how many operations there were since it last did. */
  int mend() {
    at = Integer.MAX_VALUE;
    return operations.getAndSet(0);
  }

  /** Makes the operation of this number, from 1, go wrong. */
  void breakAt(int operation, Fault how, Runnable what) {
    operations.set(0);
    at = operation;
    fault = how;
    event = what;
  }

  MemoryStore objects() {
    return objects;
  }

  private interface Operation<T> {
    T run();
  }

  private <T> T run(Operation<T> operation) {
    int number = operations.incrementAndGet();
    if (number < at || number > at && (fault == Fault.ERROR || fault == Fault.EVENT)) {
      return operation.run();
    }
    if (number == at && fault == Fault.EVENT) {
      event.run();
      return operation.run();
    }
    if (number == at && fault == Fault.DEATH_AFTER) {
      operation.run();
    }
    throw new StoreException("broken at " + number, null, null);
  }

  @Override
  public void put(String key, byte[] data) {
    run(
        () -> {
          objects.put(key, data);
          return null;
        });
  }

  @Override
  public void create(String key, byte[] data) {
    run(
        () -> {
          objects.create(key, data);
          return null;
        });
  }

  @Override
  public byte[] get(String key) {
    return run(() -> objects.get(key));
  }

  @Override
  public byte[] getRange(String key, long offset, int length) {
    return run(() -> objects.getRange(key, offset, length));
  }

  @Override
  public OptionalLong size(String key) {
    return run(() -> objects.size(key));
  }

  @Override
  public void list(String prefix, Consumer<ObjectInfo> sink) {
    run(
        () -> {
          objects.list(prefix, sink);
          return null;
        });
  }

  @Override
  public void delete(String key) {
    run(
        () -> {
          objects.delete(key);
          return null;
        });
  }
}
