package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.stats.RestoreSize;
import io.cloudstic.stats.StoredSize;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cloudstic stats}. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic stats                 what restoring all snapshots would take",
      "cloudstic stats latest",
      "cloudstic stats -mode raw-data  what the repository takes"
    })
final class StatsCommand extends Command {
  @Parameters(
      arity = "0..*",
      paramLabel = "[SNAPSHOT...]",
      description = "latest, or beginnings of ids; by default all that the flags let through")
  List<String> names = List.of();

  @Mixin SnapshotFlags which = new SnapshotFlags();

  @Option(
      names = "-mode",
      paramLabel = "MODE",
      description = "restore-size (default), or raw-data for the stored blobs")
  String mode = "restore-size";

  @Override
  ExitCode run(CommandContext context) {
    DamageReport damage = new DamageReport(context);
    try (RepositoryAccess access = RepositoryAccess.open(context)) {
      Repository repository = access.repository();
      switch (mode) {
        case "restore-size" ->
            show(context, damage, RestoreSize.of(repository, names, which.filter(), damage));
        case "raw-data" ->
            show(context, damage, StoredSize.of(repository, names, which.filter(), damage));
        default -> throw new UsageException("-mode " + mode + ": restore-size or raw-data", null);
      }
    }
    return damage.end();
  }

  private void show(CommandContext context, DamageReport damage, RestoreSize size) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("total_size", size.bytes());
      document.put("total_file_count", size.entries());
      document.put("snapshots_count", size.snapshots());
      damage.addTo(document);
      context.printJson(document);
      return;
    }
    PrintWriter out = context.console().out();
    out.printf("Snapshots:   %d%n", size.snapshots());
    out.printf("Entries:     %d%n", size.entries());
    out.printf("Total size:  %s%n", Units.bytes(size.bytes(), 3));
    out.flush();
  }

  private void show(CommandContext context, DamageReport damage, StoredSize size) {
    if (global.json) {
      ObjectNode document = Json.object();
      document.put("total_size", size.packed());
      document.put("total_uncompressed_size", size.uncompressed());
      document.put("compression_ratio", size.ratio());
      document.put("compression_progress", size.progress());
      document.put("compression_space_saving", size.saving());
      document.put("total_file_count", 0);
      document.put("total_blob_count", size.blobs());
      document.put("snapshots_count", size.snapshots());
      damage.addTo(document);
      context.printJson(document);
      return;
    }
    PrintWriter out = context.console().out();
    out.printf("Snapshots:   %d%n", size.snapshots());
    out.printf("Blobs:       %d%n", size.blobs());
    out.printf("Stored:      %s%n", Units.bytes(size.packed(), 3));
    out.printf("Plain:       %s, ratio %.2f%n", Units.bytes(size.uncompressed(), 3), size.ratio());
    out.flush();
  }
}
