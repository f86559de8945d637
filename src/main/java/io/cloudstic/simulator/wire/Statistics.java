package io.cloudstic.simulator.wire;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the client did. Thread-safe; numbers only grow until {@link #reset}. */
public final class Statistics {
  private final LongAdder resourceUnits = new LongAdder();
  private final LongAdder callsDuringFence = new LongAdder();
  private final LongAdder throttled = new LongAdder();
  private final LongAdder tokensAtStorage = new LongAdder();
  private final LongAdder wrongHosts = new LongAdder();
  private final Set<String> tokenSeenAt = new ConcurrentSkipListSet<>();
  private final ConcurrentMap<String, LongAdder> bySite = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, LongAdder> byEndpoint = new ConcurrentHashMap<>();

  /** Calls to Graph, refused ones included; a batch is one call, its parts are not. */
  public long calls() {
    return callsTo("graph");
  }

  /** Requests to the storage host. */
  public long downloads() {
    return callsTo("storage");
  }

  /** Calls to a site: {@code graph}, {@code storage} or {@code sign-in}. */
  public long callsTo(String site) {
    LongAdder count = bySite.get(site);
    return count == null ? 0 : count.sum();
  }

  /** Graph calls by kind, parts of batches included: {@code delta}, {@code children}, … */
  public long calls(String endpoint) {
    LongAdder count = byEndpoint.get(endpoint);
    return count == null ? 0 : count.sum();
  }

  /** Graph calls by kind. */
  public Map<String, Long> endpoints() {
    Map<String, Long> counts = new TreeMap<>();
    byEndpoint.forEach((endpoint, count) -> counts.put(endpoint, count.sum()));
    return counts;
  }

  /** Resource units spent. */
  public long resourceUnits() {
    return resourceUnits.sum();
  }

  /** Calls made although Graph had asked to wait. */
  public long callsDuringFence() {
    return callsDuringFence.sum();
  }

  /** Calls that were answered with a request to wait. */
  public long throttled() {
    return throttled.sum();
  }

  /** Requests that carried an {@code Authorization} header to the storage host. */
  public long tokensAtStorage() {
    return tokensAtStorage.sum();
  }

  /** The {@code site host} pairs that saw an {@code Authorization} header. */
  public Set<String> tokenSeenAt() {
    return Set.copyOf(tokenSeenAt);
  }

  /** Requests whose {@code Host} is not the origin's. */
  public long wrongHosts() {
    return wrongHosts.sum();
  }

  /** Starts from zero. */
  public void reset() {
    resourceUnits.reset();
    callsDuringFence.reset();
    throttled.reset();
    tokensAtStorage.reset();
    wrongHosts.reset();
    tokenSeenAt.clear();
    bySite.clear();
    byEndpoint.clear();
  }

  /** A Graph call of this kind and cost. */
  public void endpoint(String endpoint, int units) {
    byEndpoint.computeIfAbsent(endpoint, key -> new LongAdder()).increment();
    resourceUnits.add(units);
  }

  /** A refusal, and whether the caller had been told to wait. */
  public void refused(boolean duringFence) {
    throttled.increment();
    if (duringFence) {
      callsDuringFence.increment();
    }
  }

  /** A token came to the storage host. */
  public void tokenAtStorage() {
    tokensAtStorage.increment();
  }

  void begin(String site, String host, boolean token) {
    bySite.computeIfAbsent(site, key -> new LongAdder()).increment();
    if (token) {
      tokenSeenAt.add(site + " " + host);
    }
  }

  void wrongHost() {
    wrongHosts.increment();
  }
}
