package io.cloudstic.restic.tree;

import java.util.Arrays;
import java.util.Objects;

/**
 * One extended attribute of a node, such as {@code user.comment}.
 *
 * @param name the full name with its name space
 * @param value the bytes, not to be changed; null where the tree said so, which means empty
 */
public record ExtendedAttribute(String name, byte[] value) {
  /** A name is required. */
  public ExtendedAttribute {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ExtendedAttribute that
        && name.equals(that.name)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return name + " (" + (value == null ? 0 : value.length) + " bytes)";
  }
}
