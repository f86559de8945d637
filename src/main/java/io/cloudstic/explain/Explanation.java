package io.cloudstic.explain;

import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.LedgerEntry;
import io.cloudstic.onedrive.rules.Rules;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.tree.Node;

/**
 * Why a path is in the backup or not.
 *
 * @param path from the root of what is backed up, with a leading slash
 * @param state in or out, in one word
 * @param reason for people
 * @param rule the pattern that decided, or null
 * @param newest the snapshot that was looked at
 * @param changed the snapshot that brought the present state of the path; of a path that is gone,
 *     the last one that has it; else null
 * @param node what is stored of it there, or null
 * @param facts what the node tells of its drive item, or null
 * @param failure its entry in the ledger, or null
 */
public record Explanation(
    String path,
    State state,
    String reason,
    Rules.Decision rule,
    Snapshot newest,
    Snapshot changed,
    Node node,
    ItemFacts facts,
    LedgerEntry failure) {

  /** In or out. */
  public enum State {
    /** In the newest snapshot, as it was in the source. */
    INCLUDED,
    /** In the newest snapshot in an earlier version: the present one could not be read. */
    STALE,
    /** Not in it, since it could not be read. */
    FAILED,
    /** Kept out by a pattern. */
    EXCLUDED,
    /** Something that cannot be backed up, such as a notebook or a shortcut. */
    LEFT_OUT,
    /** Elsewhere in the drive than the folder that is backed up. */
    OUT_OF_SCOPE,
    /** Known, and not fetched yet. */
    PENDING,
    /** In earlier snapshots only. */
    GONE;

    /** As it is written in JSON. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the newest snapshot has the path. */
    public boolean isIn() {
      return this == INCLUDED || this == STALE;
    }
  }
}
