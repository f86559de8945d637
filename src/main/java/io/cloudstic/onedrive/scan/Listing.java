package io.cloudstic.onedrive.scan;

/** A way to learn what a drive holds: one page at a time, so that downloads start meanwhile. */
interface Listing extends AutoCloseable {
  /**
   * Takes in another page.
   *
   * @return false when that was the last, and the catalogue tells the state of the drive
   * @throws DeltaUnavailableException when this way is closed for this drive
   */
  boolean step();

  /** Whether everything was enumerated, not only changes. */
  boolean full();

  /** Waits for calls that are still under way. */
  @Override
  default void close() {}
}
