package io.cloudstic.retention;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.GroupKey;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.run.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Forgets snapshots: first the plan, which reads only, then the removal of their files. The data
 * that they alone needed stays until it is pruned. One object is one run; one thread.
 */
public final class Forget {
  /** Removed at once: a store may be far away. */
  private static final int WIDTH = 8;

  private final Repository repository;
  private final ForgetRequest request;
  private final Stop stop;

  /**
   * A run that was not begun yet; the repository is open, and locked unless only a plan is made.
   */
  public Forget(Repository repository, ForgetRequest request, Stop stop) {
    this.repository = repository;
    this.request = request;
    this.stop = stop;
  }

  /**
   * What would be forgotten. Explicitly named snapshots are one group without a key.
   *
   * @throws UsageException when there is neither a name nor a rule
   * @throws CloudsticException when a named snapshot does not exist, or a group would lose all of
   *     its snapshots and that was not asked for
   */
  public List<JudgedGroup> plan() {
    return request.names().isEmpty() ? byPolicy() : List.of(named());
  }

  private JudgedGroup named() {
    List<Verdict> verdicts =
        request.names().stream()
            .map(name -> repository.snapshots().find(name, request.filter()))
            .collect(java.util.stream.Collectors.toMap(Snapshot::id, one -> one, (a, b) -> a))
            .values()
            .stream()
            .sorted(Snapshots.BY_TIME.reversed())
            .map(snapshot -> new Verdict(snapshot, List.of(), Map.of()))
            .toList();
    return new JudgedGroup(new GroupKey(null, null, null), verdicts);
  }

  private List<JudgedGroup> byPolicy() {
    requirePolicy();
    Map<GroupKey, List<Snapshot>> groups = new TreeMap<>();
    repository
        .snapshots()
        .forEach(
            request.filter(),
            snapshot ->
                groups
                    .computeIfAbsent(
                        GroupKey.of(snapshot, request.groupBy()), key -> new ArrayList<>())
                    .add(snapshot),
            (id, why) -> {
              throw undecided(why);
            });
    stop.check();
    List<JudgedGroup> judged =
        groups.entrySet().stream()
            .map(
                group ->
                    new JudgedGroup(
                        group.getKey(),
                        request
                            .policy()
                            .judge(group.getValue(), repository.environment().clock().instant())))
            .toList();
    judged.forEach(this::requireKept);
    return judged;
  }

  /** The damaged one counts in some group; without it the rules would keep others there. */
  private static RepositoryException undecided(RepositoryException why) {
    return new RepositoryException(
        ExitCode.DAMAGED,
        why.getMessage()
            + "; what the rules keep beside it cannot be told, and nothing was forgotten",
        "name the snapshots to forget, or look first: cloudstic repair snapshots -forget",
        why);
  }

  private void requirePolicy() {
    if (!request.policy().isEmpty()) {
      return;
    }
    if (!request.mayEmptyGroups()) {
      throw new UsageException(
          "no rule says which snapshots to keep, so none is forgotten",
          "give one, for example: cloudstic forget -keep-daily 7 -keep-weekly 5 -dry-run");
    }
    if (request.filter().equals(SnapshotFilter.ALL)) {
      throw new UsageException(
          "-unsafe-allow-remove-all without any rule would forget every snapshot there is",
          "say which ones with -host, -tag or -path");
    }
  }

  private void requireKept(JudgedGroup group) {
    if (!request.mayEmptyGroups() && group.verdicts().stream().noneMatch(Verdict::kept)) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "the rules keep no snapshot at all of "
              + (group.key().isEmpty() ? "the repository" : group.key().text())
              + "; nothing was forgotten",
          "add a rule such as -keep-last 1; if all of them are to go: -unsafe-allow-remove-all",
          null);
    }
  }

  /** Removes the snapshots that the plan does not keep, each for itself. */
  public void remove(List<JudgedGroup> plan) {
    List<Id> ids =
        plan.stream().flatMap(group -> group.removed().stream()).map(Snapshot::id).toList();
    Concurrently.forEach(
        ids,
        WIDTH,
        id -> {
          stop.check();
          repository.snapshots().remove(id);
        });
  }
}
