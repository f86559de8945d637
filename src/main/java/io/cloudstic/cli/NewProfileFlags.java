package io.cloudstic.cli;

import io.cloudstic.backup.SourceSpec;
import io.cloudstic.failure.UsageException;
import io.cloudstic.profile.Profile;
import io.cloudstic.profile.SecretReference;
import io.cloudstic.profile.Setting;
import io.cloudstic.store.StoreUri;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.quartz.CronExpression;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code profile new} puts into a profile; {@code -store} is a global flag. */
final class NewProfileFlags {
  @Option(names = "-source", paramLabel = "SOURCE", description = "what is backed up")
  String source;

  @Option(
      names = "-password-from",
      paramLabel = "REFERENCE",
      description = {
        "where the repository's password is found:",
        "env:NAME, file:PATH or command:CMD"
      })
  String passwordFrom;

  @Option(
      names = "-exclude",
      paramLabel = "PATTERN",
      description = "leave out what matches (repeatable)")
  List<String> excludes = List.of();

  @Option(
      names = "-exclude-file",
      paramLabel = "FILE",
      description = "patterns from this file (repeatable)")
  List<Path> excludeFiles = List.of();

  @Option(names = "-tag", paramLabel = "TAG", description = "tag snapshots (repeatable)")
  List<String> tags = List.of();

  @Option(names = "-user", paramLabel = "UPN", description = "whose drive")
  String user;

  @Option(names = "-drive-id", paramLabel = "ID", description = "which drive")
  String driveId;

  @Option(
      names = "-schedule",
      paramLabel = "CRON",
      description = "when serve makes a backup: second minute hour day month weekday")
  String schedule;

  @Option(
      names = "-zone",
      paramLabel = "ZONE",
      description = "the schedule's time zone, for example Europe/Berlin (default: UTC)")
  String zone;

  @Mixin KeepFlags keep = new KeepFlags();

  /**
   * The profile, its values checked.
   *
   * @throws UsageException naming the flag that is wrong
   */
  Profile profile(String name, GlobalOptions global) {
    if (global.password != null || global.passwordFile != null || global.passwordCommand != null) {
      throw new UsageException(
          "-password" + (global.password != null ? "" : "-…") + " is not kept in a profile",
          "say where it is found: -password-from file:PATH, env:NAME or command:CMD");
    }
    Map<Setting, List<String>> settings = new EnumMap<>(Setting.class);
    put(settings, Setting.SOURCE, source);
    put(settings, Setting.STORE, global.store);
    put(settings, Setting.PASSWORD, passwordFrom);
    put(settings, Setting.USER, user);
    put(settings, Setting.DRIVE_ID, driveId);
    put(settings, Setting.SCHEDULE, schedule);
    put(settings, Setting.ZONE, zone);
    putAll(settings, Setting.EXCLUDES, excludes);
    putAll(
        settings,
        Setting.EXCLUDE_FILES,
        excludeFiles.stream().map(file -> file.toAbsolutePath().normalize().toString()).toList());
    putAll(settings, Setting.TAGS, tags);
    Profile made = new Profile(name, settings, retention());
    check(made);
    return made;
  }

  private Map<String, List<String>> retention() {
    return keep.rules().entrySet().stream()
        .collect(
            Collectors.toMap(
                rule -> rule.getKey().replaceFirst("^keep-", ""),
                Map.Entry::getValue,
                (first, second) -> first,
                LinkedHashMap::new));
  }

  private static void put(Map<Setting, List<String>> settings, Setting setting, String value) {
    if (value != null) {
      settings.put(setting, List.of(value));
    }
  }

  private static void putAll(
      Map<Setting, List<String>> settings, Setting setting, List<String> values) {
    if (!values.isEmpty()) {
      settings.put(setting, List.copyOf(values));
    }
  }

  /** What the flags of a backup would refuse later is refused now. */
  private void check(Profile profile) {
    profile.value(Setting.SOURCE).ifPresent(SourceSpec::parse);
    profile.value(Setting.STORE).ifPresent(StoreUri::parse);
    profile.value(Setting.PASSWORD).ifPresent(SecretReference::parse);
    checkSchedule(profile, "-schedule", "-zone");
  }

  /** Whether quartz and Java know the schedule and its zone. */
  static void checkSchedule(Profile profile, String cronFlag, String zoneFlag) {
    profile
        .value(Setting.SCHEDULE)
        .filter(cron -> !CronExpression.isValidExpression(cron))
        .ifPresent(
            cron -> {
              throw new UsageException(
                  cronFlag + " '" + cron + "' is no schedule",
                  "write second minute hour day month weekday, for example '0 30 2 * * ?'");
            });
    profile
        .value(Setting.ZONE)
        .ifPresent(
            text -> {
              try {
                ZoneId.of(text);
              } catch (DateTimeException e) {
                throw new UsageException(
                    zoneFlag + " " + text + " is no time zone",
                    "write for example Europe/Berlin or UTC",
                    e);
              }
            });
  }
}
