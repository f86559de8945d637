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
      description = "only with all of these tags, joined by commas (repeatable: any of them)")
  List<String> tags = List.of();

  @Option(names = "-host", paramLabel = "HOST", description = "only of this host (repeatable)")
  List<String> hosts = List.of();

  @Option(names = "-path", paramLabel = "PATH", description = "only of this path (repeatable)")
  List<String> paths = List.of();

  SnapshotFilter filter() {
    return new SnapshotFilter(
        hosts, tags.stream().map(list -> Arrays.asList(list.split(",", -1))).toList(), paths);
  }
}
