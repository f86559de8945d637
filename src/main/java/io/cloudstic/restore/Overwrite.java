package io.cloudstic.restore;

import io.cloudstic.restic.tree.Node;
import java.nio.file.attribute.BasicFileAttributes;

/** What happens to a file that is in the target already. */
public enum Overwrite {
  /** It becomes what the snapshot says; content that is right already is not written again. */
  ALWAYS("always"),
  /** The same, but equal size and modification time are taken as equal content. */
  IF_CHANGED("if-changed"),
  /** It is replaced when the snapshot's version has a later modification time. */
  IF_NEWER("if-newer"),
  /** It stays as it is. */
  NEVER("never");

  private final String word;

  Overwrite(String word) {
    this.word = word;
  }

  /** Whether what is there stays as it is. */
  boolean keeps(BasicFileAttributes existing, Node node) {
    return switch (this) {
      case NEVER -> true;
      case IF_NEWER -> !node.mtime().toInstant().isAfter(existing.lastModifiedTime().toInstant());
      case ALWAYS, IF_CHANGED -> false;
    };
  }

  /** The word on the command line. */
  public String word() {
    return word;
  }
}
