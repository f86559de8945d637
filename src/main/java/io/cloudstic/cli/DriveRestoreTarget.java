package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.failure.UsageException;
import io.cloudstic.onedrive.Graph;
import io.cloudstic.onedrive.client.DriveWriter;
import io.cloudstic.restic.snapshot.Snapshot;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/** The drive that a restore puts files into, with the routes that lead there. */
final class DriveRestoreTarget implements AutoCloseable {
  /** Uploads at a time; the gate allows fewer when Microsoft wants it. */
  static final int PARALLEL = 4;

  private final CamelRuntime runtime;
  private final Graph graph;
  private final DriveWriter writer;

  private DriveRestoreTarget(CamelRuntime runtime, OneDriveAccess access) {
    this.runtime = runtime;
    this.graph = access.graph(runtime.context());
    this.writer = access.writer(runtime.context());
  }

  static DriveRestoreTarget open(CommandContext context) {
    OneDriveAccess access = new OneDriveAccess(context, new BackupProgress(), PARALLEL, true);
    CamelRuntime.Builder builder =
        CamelRuntime.builder(context.settings().routes(), context.settings().properties())
            .routes("errors", "graph")
            .require("direct:graph", "direct:upload");
    access.bind(builder);
    return new DriveRestoreTarget(builder.start(), access);
  }

  Graph graph() {
    return graph;
  }

  DriveWriter writer() {
    return writer;
  }

  /**
   * What {@code -to} names.
   *
   * @throws UsageException when it is no OneDrive
   */
  static SourceSpec parse(String text) {
    if (!text.equals("onedrive") && !text.startsWith("onedrive:")) {
      throw new UsageException(
          "-to " + text + " is not a OneDrive",
          "write onedrive: for a new folder, or onedrive:/folder; -output restores to a directory");
    }
    return SourceSpec.parse(text.equals("onedrive:") ? "onedrive" : text);
  }

  /** The drive that is named, or the user's own. */
  String driveId(SourceSpec to) {
    return to.drive() == null ? graph.drive().id() : graph.drive(to.drive()).id();
  }

  /** The folder's names; where none is named, those of a new folder, the same for each run. */
  static List<String> folder(SourceSpec to, String text, Snapshot snapshot) {
    if (to.folder().isEmpty() && !text.endsWith("/")) {
      return List.of(
          "Restored " + snapshot.time().atZoneSameInstant(ZoneId.systemDefault()).toLocalDate());
    }
    return Arrays.stream(to.folder().split("/")).filter(name -> !name.isEmpty()).toList();
  }

  @Override
  public void close() {
    runtime.close();
  }
}
