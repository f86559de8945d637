package io.cloudstic.restore;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.tree.NodePath;
import java.util.List;

/**
 * What to put back into a drive, and where.
 *
 * @param tree the root tree of the snapshot
 * @param subPath the directory in the snapshot whose entries come to stand in the folder, or a
 *     single file
 * @param driveId the drive
 * @param folder the names of the folder below the drive's root, made where they are missing
 * @param conflict what happens where a name is taken
 * @param selection which entries
 * @param dryRun only tell what would be done
 * @param threads how many files at a time, at least 1
 */
public record DriveRestoreRequest(
    Id tree,
    NodePath subPath,
    String driveId,
    List<String> folder,
    Conflict conflict,
    Selection selection,
    boolean dryRun,
    int threads) {}
