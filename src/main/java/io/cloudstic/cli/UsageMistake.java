package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the parser found wrong, in the words of this program: flags have one dash. */
final class UsageMistake {
  /** How the parser begins where arguments are missing, not values of flags. */
  private static final String MISSING = "Missing required parameter";

  private static final String OF_FLAG = " for option ";

  private UsageMistake() {}

  /** The mistake and its advice. */
  static UsageException of(String command, ParameterException mistake) {
    String see = "see: cloudstic " + command + " -help";
    if (mistake instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(command, unmatched, see);
    }
    String message = mistake.getMessage().replaceAll("'--?([a-z])", "'-$1");
    if (message.startsWith(MISSING) && !message.contains(OF_FLAG)) {
      message = "missing: " + message.replaceFirst("^[^:]*: ", "").replaceAll("[',]", "");
    }
    return new UsageException(uncapitalised(message), see);
  }

  private static UsageException unmatched(
      String command, UnmatchedArgumentException unmatched, String see) {
    String first = unmatched.getUnmatched().get(0);
    if (!first.startsWith("-") || first.equals("-")) {
      return new UsageException("one argument too many for " + command + ": " + first, see);
    }
    String typed = Arguments.flagName(first).replaceFirst("=.*", "");
    List<String> known =
        unmatched.getCommandLine().getCommandSpec().options().stream()
            .flatMap(option -> Arrays.stream(option.names()))
            .map(Arguments::flagName)
            .distinct()
            .toList();
    Optional<String> near = Arguments.closest(typed, known);
    return new UsageException(
        "unknown flag of " + command + ": " + first,
        near.map(name -> "did you mean: -" + name).orElse(see));
  }

  private static String uncapitalised(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
