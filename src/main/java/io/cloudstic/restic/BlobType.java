package io.cloudstic.restic;

/** What a blob holds. */
public enum BlobType {
  /** A chunk of file content. */
  DATA,
  /** One directory. */
  TREE;

  /** The word used in index files: {@code data} or {@code tree}. */
  public String word() {
    return this == DATA ? "data" : "tree";
  }
}
