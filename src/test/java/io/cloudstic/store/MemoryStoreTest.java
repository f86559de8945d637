package io.cloudstic.store;

/** The store that other tests use keeps the contract too. */
class MemoryStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open() {
    return new MemoryStore();
  }

  @Override
  protected boolean tellsTimes() {
    return false;
  }
}
