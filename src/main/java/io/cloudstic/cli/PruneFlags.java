package io.cloudstic.cli;

import io.cloudstic.retention.MaxUnused;
import io.cloudstic.retention.PruneRequest;
import java.time.Duration;
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

  @Option(
      names = "-grace",
      paramLabel = "DURATION",
      description = {
        "keep packs that no index names until they are so old, for a backup without a lock",
        "may be storing them: 24h by default, 0 removes them at once"
      })
  String grace;

  PruneRequest request(Settings settings) {
    return new PruneRequest(
        maxUnused == null ? MaxUnused.DEFAULT : MaxUnused.parse(maxUnused),
        maxRepackSize == null ? Long.MAX_VALUE : MaxUnused.size("-max-repack-size", maxRepackSize),
        repackSmall,
        repackCacheableOnly,
        grace(settings),
        Set.of());
  }

  private Duration grace(Settings settings) {
    return grace == null
        ? DurationSetting.of(settings, "cloudstic.prune.grace", PruneRequest.DEFAULT_GRACE)
        : DurationSetting.ofFlag("-grace", grace);
  }
}
