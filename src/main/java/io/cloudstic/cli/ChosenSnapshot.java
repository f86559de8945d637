package io.cloudstic.cli;

import io.cloudstic.backup.SourceSpec;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TerminalText;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say which snapshot a restore takes, beside its name. */
final class ChosenSnapshot {
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int SHOWN_SNAPSHOTS = 10;

  @Option(
      names = "-as-of",
      paramLabel = "TIME",
      description = "the newest snapshot at or before this time")
  String asOf;

  @Option(
      names = "-source",
      paramLabel = "SOURCE",
      description = "latest and -as-of look only at snapshots of this source")
  String source;

  @Option(
      names = "-host",
      paramLabel = "HOST",
      description = "latest and -as-of look only at snapshots of this host or account (repeatable)")
  List<String> hosts = List.of();

  @Option(
      names = "-tag",
      paramLabel = "TAGS",
      description = "latest and -as-of look only at snapshots with all of these tags (repeatable)")
  List<String> tags = List.of();

  /**
   * The snapshot that is meant.
   *
   * @param now the present time, in this machine's zone
   * @throws CloudsticException when there is none, naming what there is
   */
  Snapshot find(Repository repository, SnapshotSpec spec, ZonedDateTime now) {
    SnapshotFilter filter =
        new SnapshotFilter(
            hosts, tags.stream().map(list -> List.of(list.split(","))).toList(), paths());
    boolean byTime = PointInTime.looksLikeTime(spec.name());
    if (asOf == null && !byTime) {
      return spec.find(repository, filter);
    }
    if (asOf != null && !spec.name().equals(Snapshots.LATEST)) {
      throw new UsageException(
          "-as-of does not go with the name of a snapshot", "leave " + spec.name() + " out");
    }
    String flag = byTime ? "snapshot" : "-as-of";
    Instant last = PointInTime.last(flag, byTime ? spec.name() : asOf, now);
    return newest(repository, filter, last, now);
  }

  private Snapshot newest(
      Repository repository, SnapshotFilter filter, Instant last, ZonedDateTime now) {
    Snapshot[] newest = new Snapshot[1];
    List<Snapshot> later = new ArrayList<>();
    new Snapshots(repository.files())
        .forEach(
            filter,
            snapshot -> {
              if (snapshot.time().toInstant().isAfter(last)) {
                keepEarliest(later, snapshot);
              } else if (newest[0] == null || Snapshots.BY_TIME.compare(snapshot, newest[0]) > 0) {
                newest[0] = snapshot;
              }
            },
            (id, why) -> {
              throw Snapshots.maybeNewest(why);
            });
    if (newest[0] == null) {
      throw none(later, last, now);
    }
    return newest[0];
  }

  private static void keepEarliest(List<Snapshot> snapshots, Snapshot another) {
    snapshots.add(another);
    if (snapshots.size() > SHOWN_SNAPSHOTS) {
      snapshots.remove(snapshots.stream().max(Snapshots.BY_TIME).orElseThrow());
    }
  }

  private static CloudsticException none(List<Snapshot> later, Instant last, ZonedDateTime now) {
    String wanted = SHOWN.format(last.atZone(now.getZone()));
    StringBuilder message = new StringBuilder("there is no snapshot of " + wanted + " or before");
    later.sort(Comparator.comparing((Snapshot snapshot) -> snapshot.time().toInstant()));
    message.append(later.isEmpty() ? ", nor any later one" : "; the earliest are");
    for (Snapshot snapshot : later) {
      message.append("\n  ").append(line(snapshot, now));
    }
    return new CloudsticException(
        ExitCode.FAILED,
        message.toString(),
        later.isEmpty() ? "see what there is: cloudstic list" : "name one of them, or a later time",
        null);
  }

  /** A snapshot in a line, harmless for a terminal. */
  static String line(Snapshot snapshot, ZonedDateTime now) {
    return snapshot.id().brief()
        + " of "
        + SHOWN.format(snapshot.time().atZoneSameInstant(now.getZone()))
        + ", "
        + TerminalText.escape(snapshot.hostname() + " " + String.join(" ", snapshot.paths()));
  }

  private List<String> paths() {
    return source == null ? List.of() : List.of(SourceSpec.parse(source).snapshotPath());
  }

  /** Names of snapshots may be times, in which colons stand. */
  static SnapshotSpec parse(String text) {
    if (PointInTime.looksLikeTime(text)) {
      return new SnapshotSpec(text, NodePath.ROOT);
    }
    int path = text.indexOf(":/");
    boolean time = path > 0 && PointInTime.looksLikeTime(text.substring(0, path));
    return time
        ? new SnapshotSpec(text.substring(0, path), NodePath.parse(text.substring(path + 1)))
        : SnapshotSpec.parse(text);
  }
}
