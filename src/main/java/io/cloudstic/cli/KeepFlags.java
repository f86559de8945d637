package io.cloudstic.cli;

import io.cloudstic.retention.KeepPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The flags that say which snapshots to keep, with restic's meaning. */
final class KeepFlags {
  @Option(names = "-keep-last", paramLabel = "N", description = "keep the last N snapshots")
  String last;

  @Option(
      names = "-keep-hourly",
      paramLabel = "N",
      description = "keep the last snapshot of each of the last N hours that have one")
  String hourly;

  @Option(names = "-hourly", hidden = true)
  void hourly(String count) {
    hourly = count;
  }

  @Option(
      names = "-keep-daily",
      paramLabel = "N",
      description = "keep the last snapshot of each of the last N days that have one")
  String daily;

  @Option(names = "-daily", hidden = true)
  void daily(String count) {
    daily = count;
  }

  @Option(
      names = "-keep-weekly",
      paramLabel = "N",
      description =
          "keep the last snapshot of each of the last N weeks (Monday to Sunday) that have one")
  String weekly;

  @Option(names = "-weekly", hidden = true)
  void weekly(String count) {
    weekly = count;
  }

  @Option(
      names = "-keep-monthly",
      paramLabel = "N",
      description = "keep the last snapshot of each of the last N months that have one")
  String monthly;

  @Option(names = "-monthly", hidden = true)
  void monthly(String count) {
    monthly = count;
  }

  @Option(
      names = "-keep-yearly",
      paramLabel = "N",
      description = "keep the last snapshot of each of the last N years that have one")
  String yearly;

  @Option(names = "-yearly", hidden = true)
  void yearly(String count) {
    yearly = count;
  }

  @Option(
      names = "-keep-within",
      paramLabel = "SPAN",
      description = "keep what is less than SPAN older than the newest, for example 1y5m7d2h")
  String within;

  @Option(
      names = "-keep-within-hourly",
      paramLabel = "SPAN",
      description = "in such a span, keep the last snapshot of each hour")
  String withinHourly;

  @Option(
      names = "-keep-within-daily",
      paramLabel = "SPAN",
      description = "in such a span, keep the last snapshot of each day")
  String withinDaily;

  @Option(
      names = "-keep-within-weekly",
      paramLabel = "SPAN",
      description = "in such a span, keep the last snapshot of each week")
  String withinWeekly;

  @Option(
      names = "-keep-within-monthly",
      paramLabel = "SPAN",
      description = "in such a span, keep the last snapshot of each month")
  String withinMonthly;

  @Option(
      names = "-keep-within-yearly",
      paramLabel = "SPAN",
      description = "in such a span, keep the last snapshot of each year")
  String withinYearly;

  @Option(
      names = "-keep-tag",
      paramLabel = "TAGS",
      description = "keep what has all of these tags, joined by commas (repeatable: any of them)")
  List<String> tags = List.of();

  @Option(
      names = "-keep-oldest",
      description = {
        "as restic from 0.16 on, keep the oldest snapshot, too,",
        "while a rule has found fewer than it wants"
      })
  boolean oldest;

  /** The policy that they ask for; empty when there are none. */
  KeepPolicy policy() {
    return KeepPolicy.parse(rules());
  }

  /** The flags that were given, by name, with their values. */
  Map<String, List<String>> rules() {
    Map<String, List<String>> options = new LinkedHashMap<>();
    put(options, "keep-last", last);
    put(options, "keep-hourly", hourly);
    put(options, "keep-daily", daily);
    put(options, "keep-weekly", weekly);
    put(options, "keep-monthly", monthly);
    put(options, "keep-yearly", yearly);
    put(options, "keep-within", within);
    put(options, "keep-within-hourly", withinHourly);
    put(options, "keep-within-daily", withinDaily);
    put(options, "keep-within-weekly", withinWeekly);
    put(options, "keep-within-monthly", withinMonthly);
    put(options, "keep-within-yearly", withinYearly);
    if (!tags.isEmpty()) {
      options.put("keep-tag", tags);
    }
    put(options, "keep-oldest", oldest ? "true" : null);
    return options;
  }

  private static void put(Map<String, List<String>> options, String name, String value) {
    if (value != null) {
      options.put(name, List.of(value));
    }
  }
}
