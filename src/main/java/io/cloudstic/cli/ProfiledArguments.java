package io.cloudstic.cli;

import io.cloudstic.backup.SourceSpec;
import io.cloudstic.failure.UsageException;
import io.cloudstic.profile.Profile;
import io.cloudstic.profile.ProfileFile;
import io.cloudstic.profile.SecretReference;
import io.cloudstic.profile.Setting;
import java.lang.reflect.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Puts the settings of a profile in the place of flags that are not given, so that each comes after
 * its flag and before variables and properties.
 */
final class ProfiledArguments {
  private static final List<String> PASSWORD_FLAGS =
      List.of("-password", "-password-file", "-password-command");

  /** A flag of {@code restore} that says which snapshots {@code latest} may be. */
  private static final Predicate<OptionSpec> CHOOSES =
      option -> List.of("--source", "--host", "--tag").contains(option.longestName());

  private static final Map<Setting, String> OF_BACKUPS =
      Map.of(
          Setting.SOURCE, "-source",
          Setting.EXCLUDES, "-exclude",
          Setting.EXCLUDE_FILES, "-exclude-file",
          Setting.TAGS, "-tag",
          Setting.USER, "-user",
          Setting.DRIVE_ID, "-drive-id",
          Setting.LIMIT_DOWNLOAD, "-limit-download",
          Setting.CONCURRENCY, "-concurrency");

  private final Profile profile;
  private final ProfileFile file;
  private final Settings settings;
  private final ParseResult given;
  private final List<String> all = new ArrayList<>();

  private ProfiledArguments(
      Profile profile, ProfileFile file, Settings settings, ParseResult given) {
    this.profile = profile;
    this.file = file;
    this.settings = settings;
    this.given = given;
  }

  /** Where the profiles of this configuration are. */
  static ProfileFile file(Settings settings, GlobalOptions global) {
    return new ProfileFile(settings.configDir(global.configDir));
  }

  /**
   * The arguments of a command with those that its {@code -profile} adds.
   *
   * @param name the command's
   * @param given what was parsed of them
   * @throws UsageException when there is no such profile, or the file is wrong
   */
  static String[] of(
      String name, GlobalOptions global, Settings settings, ParseResult given, String[] args) {
    ProfileFile file = file(settings, global);
    Profile profile = file.find(global.profile);
    ProfiledArguments added = new ProfiledArguments(profile, file, settings, given);
    added.addAll(name);
    List<String> whole = new ArrayList<>(added.all);
    whole.addAll(Arrays.asList(args));
    return whole.toArray(String[]::new);
  }

  private void addAll(String command) {
    if (command.equals("profile")) {
      return;
    }
    profile.value(Setting.STORE).ifPresent(store -> add("-store", store));
    if (PASSWORD_FLAGS.stream().noneMatch(given::hasMatchedOption)) {
      profile.value(Setting.PASSWORD).map(SecretReference::parse).ifPresent(this::addPassword);
    }
    if (command.equals("backup") || command.equals("serve")) {
      for (Setting setting : Setting.values()) {
        String flag = OF_BACKUPS.get(setting);
        if (flag != null && !given.hasMatchedOption(flag)) {
          for (String value : profile.values(setting)) {
            addAlways(flag, setting == Setting.EXCLUDE_FILES ? path(value) : value);
          }
        }
      }
    } else if (command.equals("forget")) {
      addRetention();
    } else if (command.equals("restore") && given.matchedOptions().stream().noneMatch(CHOOSES)) {
      profile.value(Setting.SOURCE).ifPresent(source -> addAlways("-source", source));
    }
  }

  private void add(String flag, String value) {
    if (!given.hasMatchedOption(flag)) {
      addAlways(flag, value);
    }
  }

  /** In one word, so that a value may begin with a dash. */
  private void addAlways(String flag, String value) {
    all.add(flag + "=" + value);
  }

  private void addPassword(SecretReference reference) {
    switch (reference.kind()) {
      case FILE -> addAlways("-password-file", path(reference.place()));
      case COMMAND -> addAlways("-password-command", reference.place());
      case ENV ->
          addAlways(
              "-password",
              settings
                  .variable(reference.place())
                  .orElseThrow(
                      () ->
                          new UsageException(
                              file.file()
                                  + ": profile "
                                  + profile.name()
                                  + ", password: the variable "
                                  + reference.place()
                                  + " is not set",
                              "set it, or write file:PATH or command:CMD")));
    }
  }

  /** The rules of the profile, for its own snapshots only. */
  private void addRetention() {
    boolean anyRule =
        given.matchedOptions().stream()
            .anyMatch(
                option ->
                    option.userObject() instanceof Member member
                        && member.getDeclaringClass() == KeepFlags.class);
    if (anyRule || given.hasMatchedPositional(0) || profile.retention().isEmpty()) {
      return;
    }
    profile
        .retention()
        .forEach((rule, values) -> values.forEach(value -> addAlways("-keep-" + rule, value)));
    if (List.of("-path", "-host", "-tag").stream().noneMatch(given::hasMatchedOption)) {
      profile
          .value(Setting.SOURCE)
          .map(SourceSpec::parse)
          .ifPresent(source -> addAlways("-path", source.snapshotPath()));
    }
  }

  /** Paths of a profile begin at the configuration directory; {@code ~} is the user's own. */
  private String path(String text) {
    String home = settings.variable("HOME").orElse(System.getProperty("user.home"));
    Path directory = file.file().toAbsolutePath().getParent();
    return text.startsWith("~/") ? home + text.substring(1) : directory.resolve(text).toString();
  }
}
