package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import java.util.Optional;

/** Where the bytes of an item can be had. Thread-safe; each method is one Graph call. */
public interface ContentSource {
  /**
   * One item as it is now, with a fresh download URL where Graph gives one.
   *
   * @throws io.cloudstic.onedrive.GraphException when it cannot be had
   */
  DriveItem item(String driveId, String itemId);

  /**
   * Where {@code /content} redirects to, in wire form, unchecked; empty when the content is empty.
   *
   * @throws io.cloudstic.onedrive.GraphException when it cannot be had
   */
  Optional<String> contentUrl(String driveId, String itemId);
}
