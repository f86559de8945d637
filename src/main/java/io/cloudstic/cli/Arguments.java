package io.cloudstic.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be told of the arguments before they are parsed. */
final class Arguments {
  /**
   * Flags of any command that take a value: where they precede the command, the value is not its
   * name. Written down, because asking all commands for their flags takes longer than most of them.
   */
  static final Set<String> WITH_VALUE =
      Set.of(
          "account",
          "add",
          "archive",
          "as-of",
          "cache-dir",
          "concurrency",
          "config",
          "conflict",
          "daily",
          "drive",
          "drive-id",
          "exclude",
          "exclude-file",
          "files",
          "from-password",
          "from-password-command",
          "from-password-file",
          "from-store",
          "grace",
          "group-by",
          "host",
          "hourly",
          "include",
          "keep-daily",
          "keep-hourly",
          "keep-last",
          "keep-monthly",
          "keep-tag",
          "keep-weekly",
          "keep-within",
          "keep-within-daily",
          "keep-within-hourly",
          "keep-within-monthly",
          "keep-within-weekly",
          "keep-within-yearly",
          "keep-yearly",
          "latest",
          "limit-download",
          "max-age",
          "max-repack-size",
          "max-unused",
          "mode",
          "mood",
          "monthly",
          "new-password-file",
          "newest",
          "oldest",
          "output",
          "overwrite",
          "password",
          "password-command",
          "password-file",
          "password-from",
          "path",
          "port",
          "profile",
          "read-data-subset",
          "remove",
          "retry-lock",
          "schedule",
          "seed",
          "set",
          "snapshot",
          "source",
          "store",
          "tag",
          "target",
          "to",
          "type",
          "user",
          "weekly",
          "yearly",
          "zone");

  private Arguments() {}

  /** Where the command's name stands, or -1. */
  static int commandIndex(String[] args) {
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("-")) {
        return i;
      }
      if (WITH_VALUE.contains(flagName(args[i]))) {
        i++;
      }
    }
    return -1;
  }

  static String[] without(String[] args, int index) {
    List<String> rest = new ArrayList<>(Arrays.asList(args));
    rest.remove(index);
    return rest.toArray(String[]::new);
  }

  static boolean asksForHelp(String arg) {
    return Set.of("help", "h").contains(flagName(arg));
  }

  static boolean asksForVersion(String arg) {
    return "version".equals(flagName(arg));
  }

  /** Whether JSON was asked for, known before parsing so that a usage error is JSON too. */
  static boolean wantsJson(String[] args) {
    return Arrays.stream(args)
        .map(Arguments::flagName)
        .anyMatch(Set.of("json", "json=true")::contains);
  }

  static String flagName(String arg) {
    return arg.startsWith("--") ? arg.substring(2) : arg.startsWith("-") ? arg.substring(1) : "";
  }

  /** The name that was probably meant, when one is close: at most two typos, in half a word. */
  static Optional<String> closest(String typed, Collection<String> names) {
    return names.stream()
        .filter(name -> distance(typed, name) <= Math.min(2, typed.length() / 2))
        .min(
            Comparator.comparingInt((String name) -> distance(typed, name))
                .thenComparing(name -> name));
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
