package io.cloudstic.retention;

import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import java.util.List;

/**
 * What to forget.
 *
 * @param names snapshots that are forgotten whatever the policy says; when there are any, nothing
 *     else is forgotten
 * @param filter which snapshots the policy judges, and which {@code latest} may be
 * @param groupBy what the snapshots of a group have in common
 * @param policy what is kept of each group
 * @param mayEmptyGroups whether it was said that a group may lose all of its snapshots
 */
public record ForgetRequest(
    List<String> names,
    SnapshotFilter filter,
    List<GroupKey.Part> groupBy,
    KeepPolicy policy,
    boolean mayEmptyGroups) {
  /** Copies the lists. */
  public ForgetRequest {
    names = List.copyOf(names);
    groupBy = List.copyOf(groupBy);
  }
}
