package io.cloudstic.restore;

/**
 * The memory in which one thread reads stretches of packs and decompresses blobs, kept from one
 * stretch to the next: new arrays of megabytes would make Java collect its whole heap every few
 * dozen of them. Not thread-safe.
 */
final class ReadBuffers {
  private static final int GRAIN = 1 << 20;

  private byte[] sealed = {};
  private byte[] scratch = {};

  /** An array of at least that length for what is read; what was in it is gone. */
  byte[] sealed(int length) {
    sealed = atLeast(length, sealed);
    return sealed;
  }

  /** An array of at least that length for what is decompressed; what was in it is gone. */
  byte[] scratch(int length) {
    scratch = atLeast(length, scratch);
    return scratch;
  }

  private static byte[] atLeast(int length, byte[] array) {
    return length <= array.length ? array : new byte[(length + GRAIN - 1) / GRAIN * GRAIN];
  }
}
