package io.cloudstic.store;

/** There is no object of this key. */
public class ObjectNotFoundException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** No object of this key in the store. */
  public ObjectNotFoundException(String key, Throwable cause) {
    super("the store has no object " + key, null, cause);
  }
}
