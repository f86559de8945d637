package io.cloudstic.retention;

import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One policy at work on one group. */
final class Judgement {
  /** A number that no interval has: years begin at 0. */
  private static final int NONE = -1;

  private final KeepPolicy policy;
  private final List<Snapshot> newestFirst;
  private final OffsetDateTime newest;

  /** How many more each counting rule keeps. */
  private final Map<Interval, Integer> left;

  /** The last interval that a counting rule has kept a snapshot of. */
  private final Map<Interval, Integer> counted = new EnumMap<>(Interval.class);

  /** The same for the rules with spans. */
  private final Map<Interval, Integer> spanned = new EnumMap<>(Interval.class);

  Judgement(KeepPolicy policy, List<Snapshot> group, Instant now) {
    this.policy = policy;
    this.newestFirst = new ArrayList<>(group);
    newestFirst.sort(Snapshots.BY_TIME.reversed());
    this.newest =
        newestFirst.stream()
            .map(Snapshot::time)
            .filter(time -> time.toInstant().isBefore(now))
            .findFirst()
            .orElse(GoTime.ZERO);
    this.left = new EnumMap<>(Interval.class);
    left.putAll(policy.counts());
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    for (int i = 0; i < newestFirst.size(); i++) {
      List<String> reasons = reasons(newestFirst.get(i), i);
      verdicts.add(new Verdict(newestFirst.get(i), reasons, left));
    }
    return verdicts;
  }

  private List<String> reasons(Snapshot snapshot, int position) {
    List<String> reasons = new ArrayList<>();
    for (List<String> tags : policy.tags()) {
      if (SnapshotFilter.hasAll(snapshot, tags)) {
        reasons.add("has tags [" + String.join(", ", tags) + "]");
      }
    }
    if (isWithin(snapshot, policy.within())) {
      reasons.add("within " + policy.within());
    }
    for (Interval interval : policy.counts().keySet()) {
      int more = left.get(interval);
      if (more != 0 && wants(interval, counted, snapshot, position, reasons, "snapshot")) {
        left.put(interval, more == KeepPolicy.UNLIMITED ? more : more - 1);
      }
    }
    policy
        .spans()
        .forEach(
            (interval, span) -> {
              if (isWithin(snapshot, span)) {
                wants(interval, spanned, snapshot, position, reasons, "within " + span);
              }
            });
    return reasons;
  }

  /** Whether the snapshot is the first of an interval, or the oldest where that counts. */
  private boolean wants(
      Interval interval,
      Map<Interval, Integer> last,
      Snapshot snapshot,
      int position,
      List<String> reasons,
      String why) {
    int number = interval.number(snapshot.time(), position);
    boolean isNew = number != last.getOrDefault(interval, NONE);
    boolean isOldest = policy.keepsOldest() && position == newestFirst.size() - 1;
    if (!isNew && !isOldest) {
      return false;
    }
    last.put(interval, number);
    reasons.add((isNew ? "" : "oldest ") + interval.word() + " " + why);
    return true;
  }

  private boolean isWithin(Snapshot snapshot, Span span) {
    return !span.isZero() && snapshot.time().toInstant().isAfter(span.before(newest).toInstant());
  }
}
