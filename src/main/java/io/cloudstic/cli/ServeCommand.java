package io.cloudstic.cli;

import io.cloudstic.backup.BackupProgress;
import io.cloudstic.backup.BackupRequest;
import io.cloudstic.camel.CamelRuntime;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.profile.Profile;
import io.cloudstic.profile.ProfileFile;
import io.cloudstic.profile.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cloudstic serve}: backups by the clock, until it is stopped. */
@picocli.CommandLine.Command(
    footer = {
      "cloudstic serve -source onedrive-changes",
      "cloudstic serve                 all profiles that have a schedule",
      "schedule.cron and schedule.zone in application.properties say when -source is backed up"
    })
final class ServeCommand extends Command {
  @Spec CommandSpec spec;

  @Mixin BackupFlags flags = new BackupFlags();

  /** One schedule: what is backed up, and the properties that say when. */
  private record Job(
      String name, CommandContext context, BackupFlags flags, Map<String, String> when) {}

  @Override
  ExitCode run(CommandContext context) {
    List<CamelRuntime> running = new ArrayList<>();
    try {
      for (Job job : jobs(context)) {
        running.add(start(job));
      }
      return context.untilStopped();
    } finally {
      running.forEach(CamelRuntime::close);
    }
  }

  /**
   * That of the flags, where they or the environment name a source, and those of all profiles that
   * have a schedule; of a profile that is named only its own.
   */
  private List<Job> jobs(CommandContext context) {
    ProfileFile file = ProfiledArguments.file(context.settings(), global);
    if (global.profile != null) {
      return List.of(job(file.find(global.profile), context, flags));
    }
    List<Profile> scheduled =
        file.all().stream().filter(profile -> profile.value(Setting.SCHEDULE).isPresent()).toList();
    List<Job> jobs = new ArrayList<>();
    boolean own =
        flags.source != null || context.settings().variable("CLOUDSTIC_SOURCE").isPresent();
    if (own || scheduled.isEmpty()) {
      jobs.add(new Job("", context, flags, Map.of()));
    }
    for (Profile profile : scheduled) {
      jobs.add(profiled(profile, context));
    }
    return jobs;
  }

  private Job profiled(Profile profile, CommandContext context) {
    List<String> arguments = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    arguments.add("-profile=" + profile.name());
    ServeCommand named = new ServeCommand();
    CommandLine line = Help.commandLine("serve", named);
    line.parseArgs(arguments.toArray(String[]::new));
    ServeCommand ready = (ServeCommand) CommandRunner.profiled("serve", line, context.settings());
    return job(
        profile,
        CommandContext.of(context.console(), ready.global, context.settings(), context.stop()),
        ready.flags);
  }

  /** Each has a scheduler of its own, whose name tells it from the others. */
  private static Job job(Profile profile, CommandContext context, BackupFlags flags) {
    NewProfileFlags.checkSchedule(
        profile,
        "profile " + profile.name() + ": schedule",
        "profile " + profile.name() + ": zone");
    Map<String, String> when = new HashMap<>();
    profile.value(Setting.SCHEDULE).ifPresent(cron -> when.put("schedule.cron", cron));
    profile.value(Setting.ZONE).ifPresent(zone -> when.put("schedule.zone", zone));
    when.put("camel.main.name", "cloudstic-" + profile.name());
    return new Job(profile.name(), context, flags, when);
  }

  private static CamelRuntime start(Job job) {
    CommandContext context = job.context;
    // Asked once now, so that a mistake shows at the start and not at night.
    BackupRequest first = job.flags.request(context);
    // A schedule has nobody to ask: without a password at hand it must not start.
    RepositoryAccess.open(context).close();
    ScheduledBackup schedule = new ScheduledBackup(() -> job.flags.request(context));
    BackupBeans beans = new BackupBeans(context, job.flags, first.source(), new BackupProgress());
    CamelRuntime runtime = beans.serve(schedule, job.when);
    context.remark(
        "Serving: %s%s by schedule %s, %s. Ctrl-C ends it.",
        job.name.isEmpty() ? "" : "profile " + job.name + ", ",
        first.source().snapshotPath(),
        said(job, "schedule.cron", "of the route"),
        said(job, "schedule.zone", "UTC"));
    return runtime;
  }

  private static String said(Job job, String key, String otherwise) {
    return Optional.ofNullable(job.when.get(key))
        .or(() -> job.context.settings().property(key))
        .orElse(otherwise);
  }
}
