package io.cloudstic.cli;

import io.cloudstic.restic.snapshot.SnapshotFilter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that choose snapshots, with restic's meaning. */
final class SnapshotFlags {
  @Option(
      names = "-tag",
      paramLabel = "TAGS",
      description =
          "only snapshots with all of these tags, joined by commas (repeatable: any of them)")
  List<String> tags = List.of();

  @Option(
      names = "-host",
      paramLabel = "HOST",
      description = "only snapshots of this host or account (repeatable)")
  List<String> hosts = List.of();

  @Option(
      names = "-path",
      paramLabel = "PATH",
      description = "only snapshots of this path, such as onedrive:/Photos (repeatable)")
  List<String> paths = List.of();

  SnapshotFilter filter() {
    return new SnapshotFilter(
        hosts, tags.stream().map(list -> Arrays.asList(list.split(",", -1))).toList(), paths);
  }
}
