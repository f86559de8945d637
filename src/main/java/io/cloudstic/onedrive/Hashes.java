package io.cloudstic.onedrive;

/**
 * The hashes that Graph gives of a file, each as it gave it, or null.
 *
 * @param quickXor base64
 * @param sha1 hex, of either case
 * @param sha256 hex, of either case
 */
public record Hashes(String quickXor, String sha1, String sha256) {
  /** No hash at all. */
  public static final Hashes NONE = new Hashes(null, null, null);
}
