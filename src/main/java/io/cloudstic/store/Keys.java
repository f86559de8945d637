package io.cloudstic.store;

/**
 * The form of a key: relative, of one or more segments joined by {@code /}, without empty, {@code
 * .} or {@code ..} segments, so that it names one object in every store and never leaves it.
 */
public final class Keys {
  /** The longest key; S3 allows 1024 bytes with the prefix included. */
  public static final int MAX_LENGTH = 512;

  /**
   * What the last segment of an unfinished write's name contains (restic writes {@code
   * NAME-tmp-RANDOM} too); no key may contain it, because no listing would show the object.
   */
  public static final String UNFINISHED = "-tmp-";

  private Keys() {}

  /**
   * Returns the key when it is well formed.
   *
   * @throws IllegalArgumentException when it is not
   */
  public static String check(String key) {
    checkSegments(key, key);
    return key;
  }

  /** Whether the key is well formed. */
  public static boolean isKey(String key) {
    return isWellFormed(key);
  }

  /**
   * Returns the prefix when it is empty or a key followed by {@code /}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static String checkPrefix(String prefix) {
    if (prefix.isEmpty()) {
      return prefix;
    }
    if (!prefix.endsWith("/")) {
      throw new IllegalArgumentException("not a prefix, it must end in /: \"" + prefix + '"');
    }
    checkSegments(prefix, prefix.substring(0, prefix.length() - 1));
    return prefix;
  }

  /** Whether the object of this name is an unfinished write. */
  static boolean isUnfinished(String name) {
    return name.contains(UNFINISHED);
  }

  private static void checkSegments(String whole, String path) {
    if (!isWellFormed(path)) {
      throw new IllegalArgumentException("not a key: \"" + whole + '"');
    }
  }

  private static boolean isWellFormed(String path) {
    if (path.isEmpty() || path.length() > MAX_LENGTH || isUnfinished(path)) {
      return false;
    }
    for (String segment : path.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c < ' ' || c == '\\' || c == ':' || c == '$' || c == 0x7f) {
        return false;
      }
    }
    return true;
  }
}
