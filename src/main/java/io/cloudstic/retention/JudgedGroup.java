package io.cloudstic.retention;

import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import java.util.List;

/**
 * A group of snapshots with what the policy says of each.
 *
 * @param key what they have in common
 * @param verdicts newest first
 */
public record JudgedGroup(GroupKey key, List<Verdict> verdicts) {
  /** Copies the list. */
  public JudgedGroup {
    verdicts = List.copyOf(verdicts);
  }

  /** The verdicts on what stays, newest first. */
  public List<Verdict> kept() {
    return verdicts.stream().filter(Verdict::kept).toList();
  }

  /** What is forgotten, newest first. */
  public List<Snapshot> removed() {
    return verdicts.stream().filter(verdict -> !verdict.kept()).map(Verdict::snapshot).toList();
  }
}
