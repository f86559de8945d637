package io.cloudstic.simulator.drive;

/** What is odd about an item; an item has any number of them. */
public enum Trait {
  /** Infected: the facet is shown and content is refused with 403. */
  MALWARE,
  /** The Personal Vault: a folder whose children nobody gets (400). */
  VAULT,
  /** Hashes are absent, as with files that were never read. */
  NO_HASHES,
  /** The server is still working on it: {@code processingMetadata} and no hashes. */
  PROCESSING,
  /** Reading it is refused with 403 {@code accessDenied}. */
  FORBIDDEN,
  /** It is listed, but each look at it answers 404. */
  VANISHED,
  /** Reading it is refused with 423 {@code resourceLocked}. */
  LOCKED,
  /** Its content answers 503 for ever. */
  UNAVAILABLE,
  /** No listing carries a download URL for it. */
  NO_DOWNLOAD_URL,
  /** Its {@code parentReference} has no id: an orphan. */
  ORPHAN,
  /** It has neither name nor facets. */
  BARE;

  int bit() {
    return 1 << ordinal();
  }
}
