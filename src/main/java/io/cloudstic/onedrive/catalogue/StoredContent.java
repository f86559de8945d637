package io.cloudstic.onedrive.catalogue;

import io.cloudstic.restic.Id;
import java.util.List;

/**
 * A file's content as the repository holds it.
 *
 * @param blobs the data blobs in their order; none for an empty file
 * @param length bytes stored, which may differ from the size that Graph gives
 * @param mark how it was checked
 * @param facts what Graph said of the item when these bytes were served
 */
public record StoredContent(List<Id> blobs, long length, Mark mark, ContentFacts facts) {

  /** The blob ids one after another. */
  byte[] blobBytes() {
    byte[] bytes = new byte[blobs.size() * Id.LENGTH];
    for (int i = 0; i < blobs.size(); i++) {
      blobs.get(i).copyTo(bytes, i * Id.LENGTH);
    }
    return bytes;
  }

  /** The ids that {@link #blobBytes} wrote. */
  static List<Id> blobs(byte[] bytes) {
    if (bytes.length == Id.LENGTH) {
      return List.of(Id.of(bytes, 0));
    }
    Id[] ids = new Id[bytes.length / Id.LENGTH];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = Id.of(bytes, i * Id.LENGTH);
    }
    return List.of(ids);
  }
}
