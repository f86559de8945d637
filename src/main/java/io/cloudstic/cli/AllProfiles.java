package io.cloudstic.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import io.cloudstic.profile.Profile;
import io.cloudstic.profile.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code backup -all-profiles}: one backup after the other, whatever became of the ones before. */
final class AllProfiles {
  static final String FLAG = "all-profiles";

  /** From the best to the worst. */
  private static final List<ExitCode> BY_GRAVITY =
      List.of(
          ExitCode.DONE,
          ExitCode.INCOMPLETE,
          ExitCode.FAILED,
          ExitCode.USAGE,
          ExitCode.NO_REPOSITORY,
          ExitCode.LOCKED,
          ExitCode.WRONG_PASSWORD,
          ExitCode.SIGN_IN_NEEDED,
          ExitCode.DAMAGED,
          ExitCode.STOPPED);

  private AllProfiles() {}

  /**
   * Backs up every profile that names a source, in the order of the file.
   *
   * @param given the arguments of the command
   * @return the worst of the exit codes
   */
  static ExitCode run(CommandContext context, List<String> given) {
    if (context.global().profile != null) {
      throw new UsageException("-all-profiles does not go with -profile", "give one of them");
    }
    List<Profile> profiles =
        ProfiledArguments.file(context.settings(), context.global()).all().stream()
            .filter(profile -> profile.value(Setting.SOURCE).isPresent())
            .toList();
    if (profiles.isEmpty()) {
      throw new UsageException(
          "there is no profile with a source",
          "make one with: cloudstic profile new NAME -source SOURCE -store URI");
    }
    ExitCode worst = ExitCode.DONE;
    for (Profile profile : profiles) {
      if (context.stop().isAsked()) {
        return ExitCode.STOPPED;
      }
      announce(context, profile);
      ExitCode ended = backup(context, given, profile);
      worst = BY_GRAVITY.indexOf(ended) > BY_GRAVITY.indexOf(worst) ? ended : worst;
    }
    return worst;
  }

  private static void announce(CommandContext context, Profile profile) {
    if (context.global().json) {
      ObjectNode line = Json.object();
      line.put("message_type", "profile");
      line.put("name", profile.name());
      context.printJson(line);
    } else {
      context.console().out().println("Profile " + profile.name() + ":");
      context.console().out().flush();
    }
  }

  private static ExitCode backup(CommandContext context, List<String> given, Profile profile) {
    List<String> arguments = new ArrayList<>(List.of("backup"));
    given.stream()
        .filter(argument -> !Arguments.flagName(argument).equals(FLAG))
        .forEach(arguments::add);
    arguments.add("-profile=" + profile.name());
    int code =
        new CommandRunner(context.console(), context.settings().environment(), context.stop())
            .run(arguments.toArray(String[]::new));
    return Arrays.stream(ExitCode.values())
        .filter(one -> one.code() == code)
        .findFirst()
        .orElse(ExitCode.FAILED);
  }
}
