package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.verify.Finding.Kind;
import io.cloudstic.verify.Finding.Severity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An error whose sufferers are still being looked for. Not thread-safe. */
final class Harm {
  private static final int NAMED = 100;

  private final Kind kind;
  private final Id id;
  private final String message;
  private final Set<Id> snapshots = new LinkedHashSet<>();
  private final Set<String> paths = new LinkedHashSet<>();
  private boolean more;

  Harm(Kind kind, Id id, String message) {
    this.kind = kind;
    this.id = id;
    this.message = message;
  }

  /** Whether it is in this object. */
  boolean isOf(Kind otherKind, Id otherId) {
    return kind == otherKind && id.equals(otherId);
  }

  /** Somebody suffers from it. */
  void hits(Id snapshot, String path) {
    more |= !addUpTo(NAMED, snapshots, snapshot);
    more |= !addUpTo(NAMED, paths, path);
  }

  private static <T> boolean addUpTo(int bound, Set<T> set, T one) {
    return set.contains(one) || set.size() < bound && set.add(one);
  }

  Finding finding() {
    return new Finding(
        Severity.ERROR,
        kind,
        Optional.of(id),
        message,
        List.copyOf(snapshots),
        List.copyOf(paths),
        more);
  }
}
