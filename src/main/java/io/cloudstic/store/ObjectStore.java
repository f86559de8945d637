package io.cloudstic.store;

import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A flat map from keys to bytes, all that a repository asks of the place it lives in.
 *
 * <p>Thread-safe. Every method may be repeated. Objects are written once and read whole or in part;
 * there is no append, no rename and no change in place. Failures that may pass are retried inside;
 * what comes out is final for this run: {@link ObjectNotFoundException}, {@link
 * ObjectExistsException}, or a plain {@link StoreException}.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Stores an object; it is durable and complete when the method returns, and invisible before. An
   * object of the same key is replaced by equal content only (keys are content hashes), so whether
   * it is overwritten does not matter.
   */
  void put(String key, byte[] data);

  /**
   * Stores an object that must not be there yet; durable on return. Of two concurrent creators one
   * wins and the other gets the exception.
   *
   * @throws ObjectExistsException when the key is taken; the existing object is untouched
   */
  void create(String key, byte[] data);

  /**
   * The whole object.
   *
   * @throws ObjectNotFoundException when there is none
   */
  byte[] get(String key);

  /**
   * A part of an object: {@code length} bytes from {@code offset}.
   *
   * @throws ObjectNotFoundException when there is no such object
   * @throws StoreException also when the object ends before {@code offset + length}
   */
  byte[] getRange(String key, long offset, int length);

  /**
   * Reads a part of an object, as {@link #getRange} does, to the beginning of an array that is
   * there already. After a failure anything may be in it.
   */
  default void readRange(String key, long offset, int length, byte[] target) {
    System.arraycopy(getRange(key, offset, length), 0, target, 0, length);
  }

  /** The object's length in bytes, or empty when there is none. */
  OptionalLong size(String key);

  /**
   * Names every object whose key begins with {@code prefix} (empty, or ending in {@code /}), in no
   * particular order, however many there are. Names of unfinished writes are not listed. A prefix
   * under which there is nothing is an empty listing.
   */
  void list(String prefix, Consumer<ObjectInfo> sink);

  /** Removes the object; nothing happens when there is none. */
  void delete(String key);

  /** Lets go of connections; the store is not used afterwards. */
  @Override
  default void close() {}
}
