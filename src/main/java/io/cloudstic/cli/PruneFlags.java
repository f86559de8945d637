package io.cloudstic.cli;

import io.cloudstic.retention.MaxUnused;
import io.cloudstic.retention.PruneRequest;
import java.util.Set;
import picocli.CommandLine.Option;

/** The flags that say how to prune, with restic's meaning. */
final class PruneFlags {
  @Option(
      names = "-max-unused",
      paramLabel = "LIMIT",
      description = {
        "what may stay unused, so that less is repacked: a percentage of the whole,",
        "a size such as 200M, or unlimited; 5 percent by default"
      })
  String maxUnused;

  @Option(
      names = "-max-repack-size",
      paramLabel = "SIZE",
      description = "repack packs of at most so many bytes in all")
  String maxRepackSize;

  @Option(names = "-repack-small", description = "merge packs below four fifths of the usual size")
  boolean repackSmall;

  @Option(
      names = "-repack-cacheable-only",
      description = "repack only trees, and leave packs of data as they are while they are used")
  boolean repackCacheableOnly;

  PruneRequest request() {
    return new PruneRequest(
        maxUnused == null ? MaxUnused.DEFAULT : MaxUnused.parse(maxUnused),
        maxRepackSize == null ? Long.MAX_VALUE : MaxUnused.size("-max-repack-size", maxRepackSize),
        repackSmall,
        repackCacheableOnly,
        Set.of());
  }
}
