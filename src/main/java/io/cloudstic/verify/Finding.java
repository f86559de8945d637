package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that is not as it should be.
 *
 * @param severity how bad it is
 * @param kind what kind of object is concerned
 * @param id which one; empty where several are
 * @param message what is wrong with it, harmless for a terminal
 * @param snapshot a snapshot that needs the object, where that is known
 * @param path where in that snapshot, harmless for a terminal
 */
public record Finding(
    Severity severity,
    Kind kind,
    Optional<Id> id,
    String message,
    Optional<Id> snapshot,
    Optional<String> path) {

  /** How bad a finding is. */
  public enum Severity {
    /** Nothing is lost. */
    HINT,
    /** Something is lost, or will be in the way. */
    ERROR;

    /** The word for people and for JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What kind of object a finding concerns. */
  public enum Kind {
    /** An index file. */
    INDEX,
    /** A pack. */
    PACK,
    /** A snapshot. */
    SNAPSHOT,
    /** A tree blob. */
    TREE,
    /** A data blob. */
    DATA;

    /** The word for people and for JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding error(Kind kind, Id id, String message) {
    return new Finding(
        Severity.ERROR, kind, Optional.of(id), message, Optional.empty(), Optional.empty());
  }

  static Finding hint(Kind kind, Id id, String message) {
    return new Finding(
        Severity.HINT, kind, Optional.ofNullable(id), message, Optional.empty(), Optional.empty());
  }

  Finding in(Id snapshotId, String where) {
    return new Finding(severity, kind, id, message, Optional.of(snapshotId), Optional.of(where));
  }

  /** One line for people. */
  @Override
  public String toString() {
    return severity.word()
        + ": "
        + kind.word()
        + id.map(i -> " " + i.hex()).orElse("")
        + ": "
        + message
        + snapshot
            .map(s -> " (snapshot " + s.brief() + path.map(p -> ", " + p).orElse("") + ")")
            .orElse("");
  }
}
