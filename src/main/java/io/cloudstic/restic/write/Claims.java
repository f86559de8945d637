package io.cloudstic.restic.write;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs between claim and index: who is first with a blob writes it, everybody else relies on
 * that. Holds what is being sealed, what lies in open packs and what is on its way to the store,
 * and so is bounded by the packs. Thread-safe.
 */
final class Claims {
  private enum State {
    /** Somebody will write it. */
    CLAIMED,
    /** The same, and somebody else relies on it. */
    PROMISED,
    /** It is in a pack that is not stored yet. */
    PACKED
  }

  private final Map<BlobType, Map<Id, State>> states = new EnumMap<>(BlobType.class);
  private final Set<Id> broken = ConcurrentHashMap.newKeySet();

  Claims() {
    for (BlobType type : BlobType.values()) {
      states.put(type, new ConcurrentHashMap<>());
    }
  }

  /** Claims a blob; false when somebody has it already, whom the caller now relies on. */
  boolean claim(BlobType type, Id id) {
    boolean[] first = {false};
    states
        .get(type)
        .compute(
            id,
            (key, state) -> {
              first[0] = state == null;
              return state == null
                  ? State.CLAIMED
                  : state == State.CLAIMED ? State.PROMISED : state;
            });
    return first[0];
  }

  /** Whether somebody has the blob. */
  boolean contains(BlobType type, Id id) {
    return states.get(type).containsKey(id);
  }

  /** Takes a claim back because the index turned out to have the blob: nobody was let down. */
  void known(BlobType type, Id id) {
    states.get(type).computeIfPresent(id, (key, state) -> state == State.PACKED ? state : null);
  }

  /** Gives a claim up; without effect once the blob is packed. */
  void giveUp(BlobType type, Id id) {
    states
        .get(type)
        .computeIfPresent(
            id,
            (key, state) -> {
              if (state == State.PROMISED) {
                broken.add(id);
              }
              return state == State.PACKED ? state : null;
            });
  }

  /** The blob is in a pack; promises about it can be kept again. */
  void packed(BlobType type, Id id) {
    states.get(type).put(id, State.PACKED);
    broken.remove(id);
  }

  /** The blob is stored and in the index. */
  void stored(BlobType type, Id id) {
    states.get(type).remove(id);
  }

  /**
   * Passes when every claimed blob was stored.
   *
   * @throws RepositoryException when a file may refer to a blob that is nowhere
   */
  void requireKept() {
    long open = states.values().stream().mapToLong(Map::size).sum();
    if (open > 0 || !broken.isEmpty()) {
      throw new RepositoryException(
          ExitCode.FAILED,
          (open + broken.size()) + " blobs were announced, but never written",
          "run again: what was stored is kept. If you changed routes/file.camel.yaml, see that every"
              + " chunk that is not a duplicate reaches restic:seal and restic:pack",
          null);
    }
  }
}
