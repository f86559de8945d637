package io.cloudstic.restic.write;

import io.cloudstic.restic.Id;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * What a file consists of: the ids of its blobs in order, and its length. Holds 32 bytes a blob.
 *
 * @param ids the ids one after another; not to be changed
 * @param length the file's length in bytes, the sum of its blobs'
 */
public record FileContent(byte[] ids, long length) {
  /** The content of an empty file. */
  public static final FileContent EMPTY = new FileContent(new byte[0], 0);

  /** Checks that the ids are whole. */
  public FileContent {
    if (ids.length % Id.LENGTH != 0 || (ids.length == 0) != (length == 0)) {
      throw new IllegalArgumentException(
          ids.length + " bytes of ids for a file of " + length + " bytes");
    }
  }

  /** The ids in order: a view. */
  public List<Id> blobs() {
    return new Ids(ids);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileContent that
        && length == that.length
        && Arrays.equals(ids, that.ids);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return ids.length / Id.LENGTH + " blobs, " + length + " bytes";
  }

  private static final class Ids extends AbstractList<Id> implements RandomAccess {
    private final byte[] ids;

    Ids(byte[] ids) {
      this.ids = ids;
    }

    @Override
    public Id get(int index) {
      if (index < 0 || index >= size()) {
        throw new IndexOutOfBoundsException(index);
      }
      return Id.of(ids, index * Id.LENGTH);
    }

    @Override
    public int size() {
      return ids.length / Id.LENGTH;
    }
  }
}
