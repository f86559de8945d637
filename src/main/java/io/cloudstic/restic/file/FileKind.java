package io.cloudstic.restic.file;

import io.cloudstic.restic.Id;
import java.util.Optional;

/**
 * The kinds of files in a repository, and where in the store they are (restic's default layout).
 */
public enum FileKind {
  /** The one file without an id. */
  CONFIG("config"),
  /** A key file. */
  KEY("keys/"),
  /** Which packs hold which blobs. */
  INDEX("index/"),
  /** A snapshot. */
  SNAPSHOT("snapshots/"),
  /** A lock. */
  LOCK("locks/"),
  /** A pack, in a directory named by the first two digits of its id. */
  PACK("data/");

  private static final int FAN_OUT_DIGITS = 2;

  private final String place;

  FileKind(String place) {
    this.place = place;
  }

  /** The key of the config file. */
  public static String configKey() {
    return CONFIG.place;
  }

  /** The prefix under which files of this kind are listed; not for the config. */
  public String prefix() {
    if (this == CONFIG) {
      throw new IllegalStateException("there is only one config");
    }
    return place;
  }

  /** The store key of the file with this id. */
  public String key(Id id) {
    String hex = id.hex();
    return this == PACK ? prefix() + hex.substring(0, FAN_OUT_DIGITS) + '/' + hex : prefix() + hex;
  }

  /** The id in a store key of this kind, or empty for a foreign or temporary file. */
  public Optional<Id> idOf(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    if (!Id.isHex(name)) {
      return Optional.empty();
    }
    Id id = Id.parse(name);
    return key(id).equals(key) ? Optional.of(id) : Optional.empty();
  }
}
