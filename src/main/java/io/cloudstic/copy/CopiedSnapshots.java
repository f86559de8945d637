package io.cloudstic.copy;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The snapshots of the destination by what they were first, so that a copy is known again. The
 * rules are those of {@code restic copy}, which may have made it. Not thread-safe.
 */
final class CopiedSnapshots {
  /** What a copy has in common with its source: all but parent, original and foreign fields. */
  private record Likeness(
      Instant time,
      Id tree,
      String hostname,
      String username,
      long uid,
      long gid,
      List<String> paths,
      List<String> excludes,
      List<String> tags) {

    static Likeness of(Snapshot snapshot) {
      return new Likeness(
          snapshot.time().toInstant(),
          snapshot.tree(),
          snapshot.hostname(),
          snapshot.username(),
          snapshot.uid(),
          snapshot.gid(),
          snapshot.paths().stream().sorted().toList(),
          snapshot.excludes(),
          snapshot.tags().stream().sorted().toList());
    }
  }

  private record Known(Id id, Likeness likeness) {}

  private final Map<Id, List<Known>> byOrigin = new HashMap<>();

  /** Notes a snapshot of the destination: by its own id and by that of its first form. */
  void add(Snapshot snapshot) {
    Known known = new Known(snapshot.id(), Likeness.of(snapshot));
    byOrigin.computeIfAbsent(snapshot.id(), id -> new ArrayList<>(1)).add(known);
    snapshot
        .original()
        .ifPresent(
            original -> byOrigin.computeIfAbsent(original, id -> new ArrayList<>(1)).add(known));
  }

  /** The copy of a snapshot of the source, if there is one. */
  Optional<Id> copyOf(Snapshot source) {
    Likeness wanted = Likeness.of(source);
    return byOrigin.getOrDefault(source.original().orElse(source.id()), List.of()).stream()
        .filter(known -> known.likeness.equals(wanted))
        .map(Known::id)
        .findFirst();
  }
}
