package io.cloudstic.store;

/** An object of this key is there already. */
public class ObjectExistsException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** The key is taken. */
  public ObjectExistsException(String key, Throwable cause) {
    super("the store already has an object " + key, null, cause);
  }
}
