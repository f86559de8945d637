package io.cloudstic.verify;

/** Is told how a check goes. Calls come from several threads, but one at a time. */
public interface CheckListener {
  /** What a check does, in this order. */
  enum Stage {
    /** Index files are loaded. */
    INDEX("index files"),
    /** Packs are listed. */
    PACKS("packs"),
    /** Snapshots are loaded and their trees walked. */
    SNAPSHOTS("snapshots"),
    /** Packs are read whole. */
    DATA("packs read");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** What is counted, for people. */
    public String word() {
      return word;
    }
  }

  /** Nobody listens. */
  CheckListener NONE = finding -> {};

  /** Something is not as it should be. */
  void found(Finding finding);

  /** How many of how many objects of a stage are done. */
  default void progress(Stage stage, long done, long total) {}
}
