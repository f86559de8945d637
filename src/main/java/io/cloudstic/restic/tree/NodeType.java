package io.cloudstic.restic.tree;

/** What a node is. */
public enum NodeType {
  /** A regular file, with content. */
  FILE("file"),
  /** A directory, with a subtree. */
  DIR("dir"),
  /** A symbolic link, with a target. */
  SYMLINK("symlink"),
  /** A block device. */
  DEV("dev"),
  /** A character device. */
  CHARDEV("chardev"),
  /** A named pipe. */
  FIFO("fifo"),
  /** A socket. */
  SOCKET("socket"),
  /** What restic could not classify when it made the snapshot; an error in a check. */
  IRREGULAR("irregular"),
  /** A word that the format does not know; an error in a check, skipped by a restore. */
  UNKNOWN("");

  private final String word;

  NodeType(String word) {
    this.word = word;
  }

  /** The word used in trees. */
  public String word() {
    return word;
  }

  /** The type of a word; {@link #UNKNOWN} for any that the format does not know. */
  public static NodeType of(String word) {
    return switch (word) {
      case "file" -> FILE;
      case "dir" -> DIR;
      case "symlink" -> SYMLINK;
      case "dev" -> DEV;
      case "chardev" -> CHARDEV;
      case "fifo" -> FIFO;
      case "socket" -> SOCKET;
      case "irregular" -> IRREGULAR;
      default -> UNKNOWN;
    };
  }
}
