package io.cloudstic.retention;

import io.cloudstic.restic.snapshot.Snapshot;
import java.util.List;
import java.util.Map;

/**
 * What the policy says of a snapshot.
 *
 * @param snapshot the snapshot
 * @param reasons why it is kept, in restic's words; empty when it is not
 * @param left how many more snapshots each counting rule will keep after this one; {@link
 *     KeepPolicy#UNLIMITED} where it keeps all
 */
public record Verdict(Snapshot snapshot, List<String> reasons, Map<Interval, Integer> left) {
  /** Copies the lists. */
  public Verdict {
    reasons = List.copyOf(reasons);
    left = Map.copyOf(left);
  }

  /** Whether the snapshot stays. */
  public boolean kept() {
    return !reasons.isEmpty();
  }
}
