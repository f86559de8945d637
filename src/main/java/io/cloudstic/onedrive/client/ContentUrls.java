package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.GraphException;
import io.cloudstic.onedrive.ItemException;
import io.cloudstic.onedrive.ItemKind;
import io.cloudstic.onedrive.auth.TrustedHosts;
import java.util.Optional;

/**
 * The download URLs of one file, from the cheapest to the dearest: the one that came with the
 * listing costs nothing, a new one costs a call, {@code /content} another. Where the listing had
 * none, {@code /content} is asked at once: one call. A batch of such calls would save round trips,
 * which other downloads fill anyway, but no request: Microsoft counts each part. They live for
 * minutes, and are secrets. Not thread-safe.
 */
final class ContentUrls {
  private final ContentSource source;
  private final TrustedHosts trusted;
  private final String driveId;
  private final String itemId;
  private final boolean current;

  /**
   * The URLs of an item.
   *
   * @param current whether Graph has described the item just now
   */
  ContentUrls(Downloads downloads, String listedIn, DriveItem item, boolean current) {
    this.current = current;
    this.source = downloads.source();
    this.trusted = downloads.trusted();
    boolean pointer = item.kind() == ItemKind.REMOTE;
    // Not the drive id of the item: personal accounts spell it in several ways (abraunegg#3072).
    this.driveId = pointer ? item.remoteDriveId() : listedIn;
    this.itemId = pointer ? item.remoteItemId() : item.id();
  }

  /** Whether Graph has described the item just now, so that it needs no description. */
  boolean isCurrent() {
    return current;
  }

  /**
   * The item as it is now.
   *
   * @throws ItemException when it cannot be had, for a reason of its own
   */
  DriveItem fresh() {
    DriveItem fresh;
    try {
      fresh = source.item(driveId, itemId);
    } catch (GraphException e) {
      throw ItemException.of(e);
    }
    if (fresh.deleted()) {
      throw new ItemException(
          ItemException.Reason.GONE, "the file was deleted since it was listed", null);
    }
    if (fresh.malware()) {
      throw Refusal.malware();
    }
    return fresh;
  }

  /**
   * A URL for this state of the item, other than a used one; empty when Graph says that the content
   * is empty.
   *
   * @param used the URL that has not worked, or null
   */
  Optional<String> of(DriveItem item, String used) {
    String given = item.downloadUrl() == null ? null : WireUrl.of(item.downloadUrl());
    if (given != null && !given.equals(used)) {
      return Optional.of(checked(given));
    }
    try {
      return source.contentUrl(driveId, itemId).map(this::checked);
    } catch (GraphException e) {
      throw ItemException.of(e);
    }
  }

  /** Where a storage host redirects to. */
  String redirect(String from, Reply reply) {
    String location = WireUrl.of(reply.header("Location").orElse(""));
    return checked(location.startsWith("/") ? WireUrl.origin(from) + location : location);
  }

  private String checked(String url) {
    if (!trusted.mayDownload(url)) {
      throw new ItemException(
          ItemException.Reason.REFUSED,
          "its download link leads to "
              + TrustedHosts.describe(url)
              + ", from where nothing is fetched",
          null);
    }
    return url;
  }
}
