package io.cloudstic.restore;

import io.cloudstic.failure.ExitCode;
import java.util.List;

/**
 * The result of a restore, or how far it has come; the first seven have restic's names and meaning.
 *
 * @param totalFiles entries found so far, directories and links included
 * @param filesRestored entries made or replaced
 * @param filesSkipped entries that were there and stay
 * @param filesDeleted what was in the target and not in the snapshot, directories included
 * @param totalBytes size of all files found so far
 * @param bytesRestored size of the files made or replaced
 * @param bytesSkipped size of the files that were there and stay
 * @param filesRenamed entries that got another name
 * @param filesVerified files that were read back and are right
 * @param filesLeftOut entries of kinds that the target cannot hold
 * @param attributesLeftOut extended attributes that could not be set; the one of this program,
 *     which is of use to backups only, is not counted
 * @param attributeNames the first few names of them, safe for a terminal
 * @param errors problems reported
 * @param damages those of them that are the repository's fault
 */
public record RestoreSummary(
    long totalFiles,
    long filesRestored,
    long filesSkipped,
    long filesDeleted,
    long totalBytes,
    long bytesRestored,
    long bytesSkipped,
    long filesRenamed,
    long filesVerified,
    long filesLeftOut,
    long attributesLeftOut,
    List<String> attributeNames,
    long errors,
    long damages) {
  /** What scripts see: damage before other problems. */
  public ExitCode exitCode() {
    if (damages > 0) {
      return ExitCode.DAMAGED;
    }
    return errors > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }
}
