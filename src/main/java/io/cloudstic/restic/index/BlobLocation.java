package io.cloudstic.restic.index;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;

/**
 * One place where a blob is.
 *
 * @param pack the pack
 * @param blob the blob and its place in the pack
 */
public record BlobLocation(Id pack, PackedBlob blob) {
  /** Where in the pack its envelope begins. */
  public long offset() {
    return blob.offset();
  }

  /** The length of its envelope. */
  public long length() {
    return blob.length();
  }

  /** The length of its plain bytes when it is compressed, else 0. */
  public long uncompressedLength() {
    return blob.uncompressedLength();
  }
}
