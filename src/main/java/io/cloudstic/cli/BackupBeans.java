package io.cloudstic.cli;

import io.cloudstic.backup.BackupEngine;
import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupSession;
import io.cloudstic.backup.DriveSource;
import io.cloudstic.backup.DriveSources;
import io.cloudstic.backup.RateLimit;
import io.cloudstic.backup.Source;
import io.cloudstic.backup.SourceSpec;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.onedrive.camel.OneDriveClient;
import io.cloudstic.onedrive.scan.ScanLimits;
import io.cloudstic.onedrive.scan.ScanRequest;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.StoreUri;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;

/** What the routes of a backup need: the store, the engine and, for a drive, the way to Graph. */
final class BackupBeans {
  private final CommandContext context;
  private final BackupProgress progress;
  private final RateLimit limit;
  private final int parallel;
  private final StoreUri uri;
  private final OneDriveAccess oneDrive;
  private final Duration reconcileAfter;

  /** A schedule may want it while it is still starting. */
  private final CompletableFuture<CamelRuntime> started = new CompletableFuture<>();

  BackupBeans(
      CommandContext context, BackupFlags flags, SourceSpec source, BackupProgress progress) {
    this(context, flags, source, progress, StoreAccess.uri(context));
  }

  BackupBeans(
      CommandContext context,
      BackupFlags flags,
      SourceSpec source,
      BackupProgress progress,
      StoreUri store) {
    this.context = context;
    this.progress = progress;
    this.limit = flags.limit(context);
    this.parallel = flags.parallel(source);
    this.uri = store;
    this.reconcileAfter =
        DurationSetting.of(
            context.settings(), "cloudstic.reconcile-after", ScanRequest.RECONCILE_AFTER);
    this.oneDrive =
        source.isOneDrive()
            ? new OneDriveAccess(context, progress, parallel, flags.adaptive())
            : null;
  }

  /** Camel with the routes of one backup at a time. */
  CamelRuntime start() {
    return started(builder());
  }

  /**
   * All routes, those of the schedule too, for which no time comes: to look whether they are right.
   */
  CamelRuntime check() {
    ScheduledBackup never =
        new ScheduledBackup(
            () -> {
              throw new IllegalStateException("the schedule's route is only looked at");
            });
    return started(builder().routes("schedule").bean("scheduledBackup", never));
  }

  /** The same with a schedule that makes requests of this kind. */
  CamelRuntime serve(ScheduledBackup schedule) {
    return serve(schedule, Map.of());
  }

  /** The same with other properties than those of the files, such as another schedule. */
  CamelRuntime serve(ScheduledBackup schedule, Map<String, String> properties) {
    CamelRuntime.Builder builder =
        builder().routes("schedule").bean("scheduledBackup", schedule).serving();
    properties.forEach(builder::property);
    return started(builder);
  }

  /**
   * Starts Camel; the endpoints {@code onedrive:} of a user's own routes find their client then.
   */
  private CamelRuntime started(CamelRuntime.Builder builder) {
    CamelRuntime runtime;
    try {
      runtime = builder.start();
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
      throw e;
    }
    if (oneDrive != null) {
      CamelContext camel = runtime.context();
      camel
          .getRegistry()
          .bind(
              "oneDriveClient",
              new OneDriveClient(
                  oneDrive.graph(camel), oneDrive.downloads(camel), oneDrive.writer(camel)));
    }
    started.complete(runtime);
    return runtime;
  }

  private CamelRuntime.Builder builder() {
    BackupEngine engine =
        new BackupEngine(
            this::repository,
            this::drive,
            progress,
            limit,
            context.stop(),
            "cloudstic " + VersionCommand.version());
    CamelRuntime.Builder builder =
        CamelRuntime.builder(context.settings().routes(), context.settings().properties())
            .routes("errors", "backup", "file", "notify")
            .require("direct:backup", "direct:scan", "direct:file", "direct:report")
            .store(uri, context.settings().environment())
            .property("camel.threadpool.config[files].pool-size", Integer.toString(parallel))
            .property("camel.threadpool.config[files].max-pool-size", Integer.toString(parallel))
            .bean("backupEngine", engine);
    if (oneDrive != null) {
      builder.bean("files", new DownloadPool(parallel));
      builder.routes("graph").require("direct:graph", "direct:download");
      oneDrive.bind(builder);
    }
    return builder;
  }

  private Repository repository() {
    return RepositoryAccess.repositoryOrNew(context, started.join().store(), uri.text());
  }

  private Source drive(BackupSession session) {
    GlobalOptions global = context.global();
    return new DriveSources(
            oneDrive.graph(started.join().context()),
            oneDrive.appOnly(),
            oneDrive.downloads(started.join().context()),
            new DriveSource.Calls(oneDrive::requests, oneDrive::throttled),
            global.noCache ? null : context.settings().cacheDir(global.cacheDir),
            reconcileAfter,
            ScanLimits.DEFAULT)
        .begin(session);
  }
}
