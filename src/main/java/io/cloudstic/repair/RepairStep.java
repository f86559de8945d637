package io.cloudstic.repair;

import io.cloudstic.restic.Id;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a repair does, or would do.
 *
 * @param action what is done
 * @param object to what: {@code index}, {@code pack}, {@code blob}, {@code snapshot}, {@code file}
 *     or {@code directory}
 * @param id which one; of a file or directory the snapshot's
 * @param path where in the snapshot, harmless for a terminal
 * @param reason why, or with what result; harmless for a terminal
 */
public record RepairStep(
    Action action, String object, Id id, Optional<String> path, String reason) {

  /** What can be done. */
  public enum Action {
    /** It goes into the index. */
    ADD,
    /** It leaves the index. */
    DROP,
    /** A new form takes its place. */
    REPLACE,
    /** Its readable blobs go into new packs. */
    SALVAGE,
    /** It leaves the store. */
    REMOVE,
    /** It is moved out of the way, but kept. */
    SET_ASIDE,
    /** It cannot be read any more. */
    LOST,
    /** It stays as it is. */
    KEEP;

    /** The word for people and for JSON. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static RepairStep of(Action action, String object, Id id, String reason) {
    return new RepairStep(action, object, id, Optional.empty(), reason);
  }

  /** One line for people. */
  @Override
  public String toString() {
    return action.word()
        + ' '
        + object
        + path.map(p -> ' ' + p + " of snapshot " + id.brief()).orElse(' ' + id.hex())
        + ": "
        + reason;
  }
}
