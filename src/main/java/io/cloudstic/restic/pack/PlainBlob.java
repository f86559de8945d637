package io.cloudstic.restic.pack;

/**
 * The plain bytes of a blob: a part of an array that serves the next blob as well.
 *
 * @param bytes holds them
 * @param offset where they begin
 * @param length how many they are
 */
public record PlainBlob(byte[] bytes, int offset, int length) {
  /** A whole array. */
  public static PlainBlob of(byte[] bytes) {
    return new PlainBlob(bytes, 0, bytes.length);
  }
}
