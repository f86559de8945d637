package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.auth.TrustedHosts;
import io.cloudstic.run.Sleeper;

/**
 * What every download needs. Thread-safe.
 *
 * @param source gives metadata and URLs
 * @param storage sends requests to the hosts that keep the bytes: never with a token, through their
 *     own gate, and each request once
 * @param trusted which hosts may be asked
 * @param rule how often
 * @param sleeper pauses between attempts
 * @param userAgent names us
 */
public record Downloads(
    ContentSource source,
    Http storage,
    TrustedHosts trusted,
    RetryRule rule,
    Sleeper sleeper,
    String userAgent) {

  /**
   * The content of a file; nothing is asked of anybody yet.
   *
   * @param driveId the drive it was listed in, as received
   * @param item a file, or a pointer to a file
   */
  public FileContent of(String driveId, DriveItem item) {
    return new FileContent(this, driveId, item);
  }
}
