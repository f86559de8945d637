package io.cloudstic.retention;

import io.cloudstic.failure.UsageException;
import io.cloudstic.restic.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which snapshots of a group are kept, by restic's rules. A snapshot is kept when any rule wants
 * it; every rule is asked about every snapshot, so that one which is kept for another reason still
 * counts. Immutable.
 *
 * <p>Rules that count are those of restic 0.14. From 0.16 on restic also keeps the oldest snapshot
 * of a group as long as a rule has not found as many intervals as it wants: {@link #keepsOldest}.
 */
public final class KeepPolicy {
  /** The count of a rule that keeps the last snapshot of every interval. */
  public static final int UNLIMITED = -1;

  private static final String PREFIX = "keep-";
  private static final String WITHIN = "within";

  private final Map<Interval, Integer> counts = new EnumMap<>(Interval.class);
  private final Map<Interval, Span> spans = new EnumMap<>(Interval.class);
  private final List<List<String>> tags = new ArrayList<>();
  private Span within = new Span(0, 0, 0, 0);
  private boolean oldest;

  private KeepPolicy() {}

  /**
   * The policy that options ask for, wherever they come from.
   *
   * @param options by the names that {@code forget} knows, without the dash: {@code keep-last},
   *     {@code keep-hourly}, {@code keep-daily}, {@code keep-weekly}, {@code keep-monthly}, {@code
   *     keep-yearly} (a number, or {@code unlimited}); {@code keep-within} and {@code
   *     keep-within-hourly} to {@code -yearly} (a {@link Span}); {@code keep-tag} (any number of
   *     lists joined by commas); {@code keep-oldest} ({@code true} or {@code false}). Of other
   *     options the last value counts.
   * @throws UsageException when a name or value makes no sense
   */
  public static KeepPolicy parse(Map<String, List<String>> options) {
    KeepPolicy policy = new KeepPolicy();
    options.forEach(
        (name, values) -> {
          for (String value : values) {
            policy.set(name, value.strip());
          }
        });
    return policy;
  }

  private void set(String option, String value) {
    String rule = option.startsWith(PREFIX) ? option.substring(PREFIX.length()) : "";
    if (rule.equals("tag")) {
      tags.add(Arrays.stream(value.split(",", -1)).map(String::strip).toList());
    } else if (rule.equals("oldest")) {
      oldest = Boolean.parseBoolean(value);
    } else if (rule.equals(WITHIN)) {
      within = span(option, value);
    } else if (rule.startsWith(WITHIN + "-")) {
      Interval interval = interval(option, rule.substring(WITHIN.length() + 1));
      if (interval == Interval.LAST) {
        throw unknown(option);
      }
      put(spans, interval, span(option, value), Span::isZero);
    } else {
      put(counts, interval(option, rule), count(option, value), count -> count == 0);
    }
  }

  private static <T> void put(
      Map<Interval, T> rules, Interval interval, T value, java.util.function.Predicate<T> isOff) {
    if (isOff.test(value)) {
      rules.remove(interval);
    } else {
      rules.put(interval, value);
    }
  }

  private static Interval interval(String option, String word) {
    return Arrays.stream(Interval.values())
        .filter(interval -> interval.word().equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(option));
  }

  private static UsageException unknown(String option) {
    return new UsageException(
        "-" + option + " is no rule for keeping snapshots", "see: cloudstic forget -help");
  }

  private static int count(String option, String value) {
    if (value.equals("unlimited")) {
      return UNLIMITED;
    }
    try {
      int count = Integer.parseInt(value);
      if (count >= UNLIMITED) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      // said below
    }
    throw new UsageException(
        "-" + option + " " + value + " is not a number of snapshots",
        "give 0 or more, or: unlimited");
  }

  private static Span span(String option, String value) {
    try {
      return value.isEmpty() || value.equals("0") ? new Span(0, 0, 0, 0) : Span.parse(value);
    } catch (UsageException e) {
      throw new UsageException("-" + option + ": " + e.getMessage(), e.advice().orElse(null));
    }
  }

  /** Whether there is no rule at all; nothing may be forgotten by such a policy. */
  public boolean isEmpty() {
    return counts.isEmpty() && spans.isEmpty() && tags.isEmpty() && within.isZero();
  }

  /** Whether the oldest snapshot is kept by rules that want more intervals than there are. */
  public boolean keepsOldest() {
    return oldest;
  }

  /**
   * Judges the snapshots of one group.
   *
   * @param group in any order
   * @param now what is later than this is not "the newest" that spans are measured from
   * @return a verdict on each, newest first; of equal times the greater id first
   */
  public List<Verdict> judge(List<Snapshot> group, Instant now) {
    return new Judgement(this, group, now).verdicts();
  }

  Map<Interval, Integer> counts() {
    return Collections.unmodifiableMap(counts);
  }

  Map<Interval, Span> spans() {
    return Collections.unmodifiableMap(spans);
  }

  List<List<String>> tags() {
    return tags;
  }

  Span within() {
    return within;
  }

  /** The policy in a sentence: {@code keep 3 daily, all monthly snapshots and …}. */
  public String describe() {
    List<String> parts = new ArrayList<>();
    counts.forEach(
        (interval, count) ->
            parts.add(
                (count == UNLIMITED ? "all" : count.toString())
                    + " "
                    + (interval == Interval.LAST ? "latest" : interval.word())));
    spans.forEach((interval, span) -> parts.add(interval.word() + " within " + span));
    List<String> all = new ArrayList<>();
    if (!parts.isEmpty()) {
      all.add(String.join(", ", parts) + " snapshots");
    }
    if (!within.isZero()) {
      all.add("all snapshots within " + within + " of the newest");
    }
    if (!tags.isEmpty()) {
      all.add(
          "all snapshots with tags "
              + tags.stream()
                  .map(list -> "[" + String.join(", ", list) + "]")
                  .collect(Collectors.joining(" or ")));
    }
    return "keep " + (all.isEmpty() ? "nothing" : String.join(" and ", all));
  }
}
