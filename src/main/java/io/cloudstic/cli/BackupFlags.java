package io.cloudstic.cli;

import io.cloudstic.backup.BackupRequest;
import io.cloudstic.backup.RateLimit;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.rules.PatternFile;
import io.cloudstic.onedrive.rules.PatternLine;
import io.cloudstic.onedrive.rules.Rules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The flags that say what is backed up and how, of {@code backup} and {@code serve}. */
final class BackupFlags {
  /** More downloads at once than this help nobody. */
  private static final int MOST_CONCURRENT = 64;

  private static final int ADAPTIVE_MOST = 16;

  @Option(
      names = "-source",
      paramLabel = "SOURCE",
      description = {
        "onedrive (list every folder), onedrive-changes (only what changed),",
        "either with :/folder or ://DRIVE/folder, or local:PATH (or CLOUDSTIC_SOURCE)"
      })
  String source;

  @Option(
      names = "-exclude",
      paramLabel = "PATTERN",
      description = "leave out what matches, with gitignore's rules (repeatable)")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "-exclude-file",
      paramLabel = "FILE",
      description = "patterns from a file like .gitignore (repeatable)")
  List<Path> excludeFiles = new ArrayList<>();

  @Option(names = "-tag", paramLabel = "TAG", description = "tag the snapshot (repeatable)")
  List<String> tags = new ArrayList<>();

  @Option(names = "-dry-run", description = "fetch and write nothing, say what would be done")
  boolean dryRun;

  @Option(names = "-drive-id", paramLabel = "ID", description = "the drive, instead of your own")
  String driveId;

  @Option(
      names = "-user",
      paramLabel = "UPN",
      description = "whose drive, by principal name or object id, instead of your own")
  String user;

  @Option(
      names = "-follow-shortcuts",
      description = "back up what shortcuts to other drives lead to, too")
  boolean followShortcuts;

  @Option(
      names = "-ignore-empty-snapshot",
      description = "make no snapshot when nothing has changed")
  boolean ignoreEmpty;

  @Option(names = "-full", description = "enumerate anew even where a delta link is known")
  boolean full;

  @Option(
      names = "-verify-hashes",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "BOOL",
      description = "check downloads against Graph's hashes (default: true)")
  boolean verifyHashes = true;

  @Option(
      names = "-limit-download",
      paramLabel = "RATE",
      description = "read no faster, for example 500k, 10M (KiB/s without a unit)")
  String limitDownload;

  @Option(
      names = "-concurrency",
      paramLabel = "N",
      description = "files read at once; 0 adapts to what the service bears (default)")
  int concurrency;

  /** The request that the flags and the environment describe. */
  BackupRequest request(CommandContext context) {
    RepositoryAccess.refuseNoLock(context);
    String text =
        source != null
            ? source
            : context
                .settings()
                .variable("CLOUDSTIC_SOURCE")
                .orElseThrow(
                    () ->
                        new UsageException(
                            "nothing to back up is named",
                            "give -source onedrive-changes, or set CLOUDSTIC_SOURCE"));
    SourceSpec spec = SourceSpec.parse(text);
    if (!spec.isOneDrive() && (driveId != null || user != null)) {
      throw new UsageException(
          (driveId != null ? "-drive-id" : "-user") + " goes with a OneDrive source", null);
    }
    spec = onDrive(spec);
    List<PatternLine> patterns = new ArrayList<>();
    excludeFiles.forEach(file -> patterns.addAll(PatternFile.read(file)));
    excludes.forEach(pattern -> patterns.add(PatternLine.ofFlag(pattern)));
    // What cannot be read is to be told before anything is asked of anybody.
    Rules.ofLines(spec.folder(), patterns);
    return new BackupRequest(
        spec, user, patterns, followShortcuts, tags(), dryRun, full, ignoreEmpty, verifyHashes);
  }

  private SourceSpec onDrive(SourceSpec spec) {
    if (driveId == null) {
      return spec;
    }
    if (spec.drive() != null && !spec.drive().equals(driveId)) {
      throw new UsageException(
          "-source names the drive " + spec.drive() + ", and -drive-id another",
          "name the drive once");
    }
    return spec.onDrive(driveId);
  }

  /** As restic reads them: several may be joined by commas. */
  private List<String> tags() {
    return tags.stream()
        .flatMap(list -> java.util.Arrays.stream(list.split(",")))
        .map(String::strip)
        .filter(tag -> !tag.isEmpty())
        .distinct()
        .toList();
  }

  /** What slows reading down to the rate that the user set. */
  RateLimit limit(CommandContext context) {
    long rate = limitDownload == null ? 0 : RateLimit.parse(limitDownload);
    return RateLimit.of(rate, context.stop(), System::nanoTime);
  }

  /** Whether the number of downloads is found out: it grows while it pays. */
  boolean adaptive() {
    return concurrency == 0;
  }

  /** Files read at once, at most: drives wait for the network, directories for the processor. */
  int parallel(SourceSpec spec) {
    if (concurrency < 0 || concurrency > MOST_CONCURRENT) {
      throw new UsageException(
          "-concurrency " + concurrency + " is out of range",
          "0 for adaptive, or up to " + MOST_CONCURRENT);
    }
    if (concurrency > 0) {
      return concurrency;
    }
    return spec.isOneDrive() ? ADAPTIVE_MOST : Runtime.getRuntime().availableProcessors();
  }
}
