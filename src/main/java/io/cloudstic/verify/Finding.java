package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that is not as it should be, and who suffers from it.
 *
 * @param severity how bad it is
 * @param kind what kind of object is concerned
 * @param id which one; empty where several are
 * @param message what is wrong with it, harmless for a terminal
 * @param snapshots the snapshots that cannot be restored whole because of it, a hundred at most
 * @param paths the files and directories concerned, harmless for a terminal, a hundred at most
 * @param more whether there are more snapshots or paths than named
 */
public record Finding(
    Severity severity,
    Kind kind,
    Optional<Id> id,
    String message,
    List<Id> snapshots,
    List<String> paths,
    boolean more) {
  private static final int SHOWN_SNAPSHOTS = 5;
  private static final int SHOWN_PATHS = 3;

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
    /** A key file. */
    KEY,
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
    return new Finding(Severity.ERROR, kind, Optional.of(id), message, List.of(), List.of(), false);
  }

  static Finding hint(Kind kind, Id id, String message) {
    return new Finding(
        Severity.HINT, kind, Optional.ofNullable(id), message, List.of(), List.of(), false);
  }

  Finding in(Id snapshotId, String where) {
    return new Finding(severity, kind, id, message, List.of(snapshotId), List.of(where), false);
  }

  /** One line for people. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(severity.word()).append(": ").append(kind.word());
    id.ifPresent(i -> line.append(' ').append(i.hex()));
    line.append(": ").append(message);
    if (!snapshots.isEmpty()) {
      line.append(snapshots.size() == 1 ? " (snapshot " : " (snapshots ");
      line.append(some(snapshots.stream().map(Id::brief).toList(), SHOWN_SNAPSHOTS));
      if (!paths.isEmpty()) {
        line.append(": ").append(some(paths, SHOWN_PATHS));
      }
      line.append(')');
    }
    return line.toString();
  }

  private String some(List<String> all, int shown) {
    String first = String.join(", ", all.subList(0, Math.min(shown, all.size())));
    if (all.size() <= shown) {
      return first;
    }
    return first + " and " + (all.size() - shown) + (more ? " or more" : "") + " others";
  }
}
