package io.cloudstic.cli;

import io.cloudstic.backup.SourceSpec;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.client.UploadSessions;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.TreePath;
import io.cloudstic.restore.Conflict;
import io.cloudstic.restore.DriveRestore;
import io.cloudstic.restore.DriveRestoreRequest;
import io.cloudstic.restore.KeptUploads;
import io.cloudstic.restore.Overwrite;
import io.cloudstic.restore.Restore;
import io.cloudstic.restore.RestoreRequest;
import io.cloudstic.restore.RestoreSummary;
import io.cloudstic.restore.Selection;
import io.cloudstic.store.LocalStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic restore}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic restore -output /tmp/back",
      "cloudstic restore 40dc1520:/Documents -output /tmp/documents -verify",
      "cloudstic restore latest -include '*.jpg' -output photos.zip",
      "cloudstic restore -as-of '2026-11-22 10:00' -output /tmp/that-day",
      "cloudstic restore -output /srv/documents -delete -dry-run",
      "cloudstic restore -path /Documents -to onedrive: -dry-run",
      "cloudstic restore -path /Documents -to 'onedrive:/From the backup' -conflict rename",
      "cloudstic restore latest -path /Documents/letter.docx -output . -overwrite never"
    })
final class RestoreCommand extends Command {
  @Parameters(
      arity = "0..1",
      paramLabel = "[SNAPSHOT[:SUBPATH]]",
      description = {
        "latest (default), the beginning of an id, or a time: the newest at or before it;",
        "with :SUBPATH what is in that folder goes straight into the target"
      })
  String snapshot = "latest";

  @Mixin ChosenSnapshot chosen = new ChosenSnapshot();

  @Option(
      names = "-output",
      paramLabel = "PATH",
      description = "the directory to restore to, or a .zip file to write; this or -to is needed")
  Path output;

  @Option(
      names = "-to",
      paramLabel = "onedrive:[/FOLDER]",
      description = "put it back into OneDrive, by default into a new folder named after the day")
  String to;

  @Option(
      names = "-conflict",
      paramLabel = "WHAT",
      description = "with -to, where a name is taken: fail (default), rename, replace")
  String conflict = Conflict.FAIL.word();

  @Option(
      names = "-path",
      paramLabel = "PATH",
      description = "only this file or folder of the snapshot (repeatable)")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "-include",
      paramLabel = "PATTERN",
      description = "only what matches, by restic's rules (repeatable)")
  List<String> includes = new ArrayList<>();

  @Option(
      names = "-exclude",
      paramLabel = "PATTERN",
      description = "leave out what matches (repeatable)")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "-overwrite",
      paramLabel = "WHEN",
      description = "always (default), if-changed, if-newer, never")
  String overwrite = Overwrite.ALWAYS.word();

  @Option(
      names = "-delete",
      description = "remove what is in the directory and not in the snapshot")
  boolean delete;

  @Option(names = "-dry-run", description = "write nothing, say what would be done")
  boolean dryRun;

  @Option(names = "-verify", description = "read everything back and compare it")
  boolean verify;

  @Override
  ExitCode run(CommandContext context) {
    boolean intoNothing = output != null && output.toString().isEmpty();
    if ((output == null) == (to == null) || intoNothing) {
      throw new UsageException(
          "restore where to?", "give -output DIR, -output FILE.zip, or -to onedrive:/folder");
    }
    SnapshotSpec spec = ChosenSnapshot.parse(snapshot);
    Overwrite rule = word(Overwrite.values(), Overwrite::word, "-overwrite", overwrite);
    Conflict taken = word(Conflict.values(), Conflict::word, "-conflict", conflict);
    SourceSpec drive = to == null ? null : DriveRestoreTarget.parse(to);
    refuseDangerousDeletion(context);
    long began = System.nanoTime();
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      ZonedDateTime now = ZonedDateTime.now(Clock.systemDefaultZone());
      Snapshot found = chosen.find(access.repository(), spec, now);
      if (!context.global().json) {
        context.remark("Restoring snapshot %s", ChosenSnapshot.line(found, now));
      }
      checkPaths(access.repository(), found, spec);
      Selection selection =
          paths.isEmpty() && includes.isEmpty() && excludes.isEmpty()
              ? Selection.everything()
              : Selection.of(paths, includes, excludes);
      RestoreSummary summary =
          drive == null
              ? toDirectory(context, access.repository(), found, spec, selection, rule)
              : toDrive(context, access.repository(), found, spec, selection, drive, taken);
      new RestoreReport(found, output == null ? to : output.toString(), dryRun, verify)
          .print(context, summary, Duration.ofNanos(System.nanoTime() - began));
      return summary.exitCode();
    }
  }

  /** Nothing restored looks like success: a path that is misspelt must not. */
  private void checkPaths(Repository repository, Snapshot found, SnapshotSpec spec) {
    for (String path : paths) {
      NodePath whole = spec.path();
      for (NodeName name : NodePath.parse(path).names()) {
        whole = whole.child(name);
      }
      TreePath.find(tree -> repository.loadBlob(BlobType.TREE, tree), found.tree(), whole);
    }
  }

  private RestoreSummary toDirectory(
      CommandContext context,
      Repository repository,
      Snapshot found,
      SnapshotSpec spec,
      Selection selection,
      Overwrite rule) {
    RestoreRequest request =
        RestoreRequest.of(found.tree(), output)
            .from(spec.path())
            .only(selection)
            .overwriting(rule)
            .deleting(delete)
            .asDryRun(dryRun)
            .verified(verify);
    Restore restore =
        new Restore(repository, request, new RestoreEvents(context, dryRun, false), context.stop());
    try (Ticker ticker = Ticker.start(context, () -> RestoreReport.line(restore.progress()))) {
      return restore.run();
    }
  }

  private RestoreSummary toDrive(
      CommandContext context,
      Repository repository,
      Snapshot found,
      SnapshotSpec spec,
      Selection selection,
      SourceSpec drive,
      Conflict taken) {
    List<String> folder = DriveRestoreTarget.folder(drive, to, found);
    try (DriveRestoreTarget target = DriveRestoreTarget.open(context)) {
      DriveRestoreRequest request =
          new DriveRestoreRequest(
              found.tree(),
              spec.path(),
              target.driveId(drive),
              folder,
              taken,
              selection,
              dryRun,
              DriveRestoreTarget.PARALLEL);
      context.remark(
          "%s /%s of OneDrive", dryRun ? "It would go into" : "Into", String.join("/", folder));
      DriveRestore restore =
          new DriveRestore(
              repository,
              request,
              target.graph(),
              target.writer().with(sessions(context, repository)),
              new RestoreEvents(context, dryRun, true),
              context.stop());
      try (Ticker ticker = Ticker.start(context, () -> RestoreReport.line(restore.progress()))) {
        return restore.run();
      }
    }
  }

  /** Where uploads that are interrupted are noted; nowhere without a cache. */
  private UploadSessions sessions(CommandContext context, Repository repository) {
    return global.noCache || dryRun
        ? UploadSessions.NONE
        : new KeptUploads(
            new LocalStore(context.settings().cacheDir(global.cacheDir).resolve("uploads")),
            repository);
  }

  /** Nobody means to have these emptied. */
  private void refuseDangerousDeletion(CommandContext context) {
    if (!delete) {
      return;
    }
    if (output == null) {
      throw new UsageException(
          "-delete does not go with -to: nothing is ever deleted in OneDrive", "leave it out");
    }
    if (output.getFileName() != null
        && output.toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      throw new UsageException(
          "-delete does not go with a .zip file, which is written anew", "leave it out");
    }
    DeletionGuard.of(context).check(output);
  }

  private static <T> T word(T[] values, Function<T, String> word, String flag, String typed) {
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(typed))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    flag + " " + typed + " is unknown",
                    "one of: "
                        + Arrays.stream(values).map(word).collect(Collectors.joining(", "))));
  }
}
