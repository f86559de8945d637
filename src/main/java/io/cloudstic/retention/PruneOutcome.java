package io.cloudstic.retention;

import java.util.List;

/**
 * What a prune has done, which may be less than it had planned.
 *
 * @param packsRemoved packs of which nothing was used, orphans not counted
 * @param packsRepacked packs whose used blobs were copied to new ones
 * @param orphansRemoved packs that no index listed
 * @param packsSpared packs that stay because they came to be used, or listed, meanwhile
 * @param packsLeft packs in no index that the next prune removes: others would not go
 * @param bytesFreed by how much the repository shrank; may be negative
 */
public record PruneOutcome(
    long packsRemoved,
    long packsRepacked,
    long orphansRemoved,
    long packsSpared,
    long packsLeft,
    long bytesFreed) {

  /** As planned. */
  public static PruneOutcome of(PruneSummary plan) {
    return new PruneOutcome(
        plan.packsRemoved(),
        plan.packsRepacked(),
        plan.orphans().removed(),
        0,
        0,
        plan.freedBytes());
  }

  /**
   * Of a plan that was not carried out in full.
   *
   * @param planned the plan
   * @param done what of it was done
   * @param left what is left of it
   */
  static PruneOutcome of(PrunePlan planned, PrunePlan done, List<PrunePlan.Pack> left) {
    return new PruneOutcome(
        done.remove().size(),
        done.repack().size(),
        done.orphans().size(),
        planned.leaving().size() - (long) done.leaving().size() - left.size(),
        left.size(),
        planned.summary().freedBytes() - (bytes(planned) - bytes(done)));
  }

  private static long bytes(PrunePlan plan) {
    return plan.leaving().stream().mapToLong(PrunePlan.Pack::size).sum();
  }
}
