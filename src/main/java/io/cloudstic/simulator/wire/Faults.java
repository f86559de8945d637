package io.cloudstic.simulator.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/**
 * The fault plan: which calls meet which effects. A rule matches by a regular expression that is
 * looked for in {@code SITE METHOD PATH?QUERY}, for example {@code graph GET .*delta.*}, counts its
 * matches, and strikes by count or by chance. Rules can be added while the simulator runs.
 * Thread-safe.
 */
public final class Faults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final long seed;

  /** An empty plan; the seed decides what happens by chance. */
  public Faults(long seed) {
    this.seed = seed;
  }

  /**
   * A rule for calls in which the pattern is found: each of them, until the rule says otherwise.
   */
  public Rule on(String pattern) {
    return new Rule(Pattern.compile(pattern), seed + rules.size());
  }

  /** Forgets all rules. */
  public void clear() {
    rules.clear();
  }

  /** The rules that never struck: a test whose fault was never reached tests nothing. */
  public List<String> unreached() {
    return rules.stream().filter(rule -> rule.strikes == 0).map(Rule::toString).toList();
  }

  List<Effect> strike(String call) {
    List<Effect> effects = List.of();
    for (Rule rule : rules) {
      if (rule.strikes(call)) {
        effects = new ArrayList<>(effects);
        effects.addAll(rule.effects);
      }
    }
    return effects;
  }

  /** One rule; it is in force once {@link #then} has been called. */
  public final class Rule {
    private final Pattern pattern;
    private final SplittableRandom random;
    private List<Effect> effects = List.of();
    private long first = 1;
    private long times = Long.MAX_VALUE;
    private double chance = 1;
    private BooleanSupplier condition = () -> true;
    private Set<String> struck;
    private long matches;
    private volatile long strikes;

    private Rule(Pattern pattern, long seed) {
      this.pattern = pattern;
      this.random = new SplittableRandom(seed);
    }

    /** The first match that it strikes, counted from 1. */
    public Rule fromMatch(long number) {
      first = number;
      return this;
    }

    /** How many times it strikes. */
    public Rule times(long count) {
      times = count;
      return this;
    }

    /** Strikes the first match only. */
    public Rule once() {
      return times(1);
    }

    /** Strikes with this probability, from 0 to 1. */
    public Rule chance(double probability) {
      chance = probability;
      return this;
    }

    /** Counts and strikes only while this is so. */
    public Rule when(BooleanSupplier so) {
      condition = so;
      return this;
    }

    /** What it has struck once it strikes for ever: a link that has died stays dead. */
    public Rule forGood() {
      struck = new HashSet<>();
      return this;
    }

    /** What happens to the calls that it strikes; puts the rule in force. */
    public Faults then(Effect... struck) {
      effects = List.of(struck);
      rules.add(this);
      return Faults.this;
    }

    private synchronized boolean strikes(String call) {
      if (struck != null && struck.contains(call)) {
        return true;
      }
      if (!pattern.matcher(call).find() || !condition.getAsBoolean()) {
        return false;
      }
      matches++;
      if (matches < first || strikes >= times || chance < 1 && random.nextDouble() >= chance) {
        return false;
      }
      strikes++;
      if (struck != null) {
        struck.add(call);
      }
      return true;
    }

    @Override
    public String toString() {
      return pattern + " " + effects;
    }
  }
}
