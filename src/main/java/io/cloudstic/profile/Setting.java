package io.cloudstic.profile;

import java.util.Arrays;
import java.util.Optional;

/** What a profile can say. */
public enum Setting {
  /** What is backed up, as {@code -source} takes it. */
  SOURCE("source", false),
  /** Where to, as {@code -store} takes it. */
  STORE("store", false),
  /** Where the repository's password is found: a {@link SecretReference}. */
  PASSWORD("password", false),
  /** Patterns of what is left out. */
  EXCLUDES("excludes", true),
  /** Files with such patterns. */
  EXCLUDE_FILES("exclude-files", true),
  /** Tags of its snapshots. */
  TAGS("tags", true),
  /** Whose drive. */
  USER("user", false),
  /** Which drive. */
  DRIVE_ID("drive-id", false),
  /** The fastest that is read. */
  LIMIT_DOWNLOAD("limit-download", false),
  /** Files read at once. */
  CONCURRENCY("concurrency", false),
  /** When {@code serve} makes a backup, in quartz's notation. */
  SCHEDULE("schedule", false),
  /** The time zone of the schedule. */
  ZONE("zone", false);

  private final String key;
  private final boolean list;

  Setting(String key, boolean list) {
    this.key = key;
    this.list = list;
  }

  /** The key in the file. */
  public String key() {
    return key;
  }

  /** Whether it takes several values. */
  public boolean isList() {
    return list;
  }

  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
  }
}
