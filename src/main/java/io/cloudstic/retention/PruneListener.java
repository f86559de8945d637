package io.cloudstic.retention;

/** Is told how a prune gets on, by several threads. */
public interface PruneListener {
  /** What is being done. */
  enum Stage {
    /** Trees are read; the total is not known. */
    TREES("trees read"),
    /** Packs are repacked. */
    REPACK("packs repacked"),
    /** The index is replaced. */
    INDEX("index files replaced"),
    /** Packs are removed. */
    REMOVE("packs removed");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** What is counted, for people. */
    public String word() {
      return word;
    }
  }

  /** So many are done, of so many; a total of 0 is not known. */
  void progress(Stage stage, long done, long total);
}
