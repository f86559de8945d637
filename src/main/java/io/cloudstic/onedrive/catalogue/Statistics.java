package io.cloudstic.onedrive.catalogue;

/**
 * How a snapshot relates to its parent, counted by item identity: a renamed folder is one changed
 * folder, whatever is below it. {@code excluded} counts what patterns kept out, a folder as one.
 */
public record Statistics(
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long filesRemoved,
    long foldersNew,
    long foldersChanged,
    long foldersUnmodified,
    long foldersRemoved,
    long bytes,
    long excluded) {
  /** Of a drive without items. */
  public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Files in the snapshot. */
  public long files() {
    return filesNew + filesChanged + filesUnmodified;
  }

  /** Folders in the snapshot. */
  public long folders() {
    return foldersNew + foldersChanged + foldersUnmodified;
  }

  /** Of a next snapshot without any change. */
  public Statistics unchanged() {
    return new Statistics(0, 0, files(), 0, 0, 0, folders(), 0, bytes, excluded);
  }

  String encode() {
    return files() + " " + folders() + " " + bytes + " " + excluded;
  }

  static Statistics decode(String text) {
    if (text == null) {
      return NONE;
    }
    String[] numbers = text.split(" ");
    return new Statistics(
        0,
        0,
        Long.parseLong(numbers[0]),
        0,
        0,
        0,
        Long.parseLong(numbers[1]),
        0,
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]));
  }
}
