package io.cloudstic.local;

/**
 * One extended attribute.
 *
 * @param name with its namespace, such as {@code user.comment}
 * @param value its bytes, perhaps none
 */
public record Xattr(String name, byte[] value) {}
