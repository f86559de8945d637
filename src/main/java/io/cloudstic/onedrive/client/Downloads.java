package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.auth.TrustedHosts;
import io.cloudstic.run.Sleeper;
import java.util.function.LongSupplier;

/**
 * What every download needs. Thread-safe.
 *
 * @param source gives metadata and URLs
 * @param storage sends requests to the hosts that keep the bytes: never with a token, through their
 *     own gate, and each request once
 * @param trusted which hosts may be asked
 * @param rule how often
 * @param sleeper pauses between attempts
 * @param nanos as {@link System#nanoTime}: how long bytes were waited for
 * @param userAgent names us
 * @param hashes whether contents are compared with the hashes that Graph gives; sizes always are
 */
public record Downloads(
    ContentSource source,
    Http storage,
    TrustedHosts trusted,
    RetryRule rule,
    Sleeper sleeper,
    LongSupplier nanos,
    String userAgent,
    boolean hashes) {

  /** The same, that compare contents with the sizes that Graph gives, but not with its hashes. */
  public Downloads withoutHashes() {
    return new Downloads(source, storage, trusted, rule, sleeper, nanos, userAgent, false);
  }

  /**
   * The content of a file; nothing is asked of anybody yet.
   *
   * @param driveId the drive it was listed in, as received
   * @param item a file, or a pointer to a file
   */
  public FileContent of(String driveId, DriveItem item) {
    return new FileContent(this, driveId, item, false);
  }

  /**
   * The same of an item that Graph has described just now: when it came without a download URL,
   * asking for the item again brings none either.
   */
  public FileContent ofCurrent(String driveId, DriveItem item) {
    return new FileContent(this, driveId, item, true);
  }

  /** A check of bytes against what Graph says of them. */
  ContentCheck check(DriveItem item) {
    return new ContentCheck(hashes && item.hashes() != null ? item.hashes() : Hashes.NONE);
  }
}
