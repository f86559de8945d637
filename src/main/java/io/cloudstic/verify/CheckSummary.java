package io.cloudstic.verify;

import io.cloudstic.failure.ExitCode;
import io.cloudstic.restic.Id;
import java.util.List;

/**
 * The result of a check.
 *
 * @param snapshots how many snapshots there are
 * @param indexFiles how many index files
 * @param packs how many packs
 * @param trees how many different trees were read
 * @param damagedSnapshots how many snapshots cannot be restored whole, as far as was read
 * @param packsRead how many packs were read whole
 * @param bytesRead how many bytes they have
 * @param errors findings that are errors
 * @param hints findings that are hints
 * @param brokenPacks packs with damaged content, a hundred at most
 * @param suggestRepairIndex whether a new index would mend something
 * @param suggestPrune whether there is something that nobody needs
 */
public record CheckSummary(
    long snapshots,
    long indexFiles,
    long packs,
    long trees,
    long damagedSnapshots,
    long packsRead,
    long bytesRead,
    long errors,
    long hints,
    List<Id> brokenPacks,
    boolean suggestRepairIndex,
    boolean suggestPrune) {
  /** What scripts see. */
  public ExitCode exitCode() {
    return errors > 0 ? ExitCode.DAMAGED : ExitCode.DONE;
  }
}
