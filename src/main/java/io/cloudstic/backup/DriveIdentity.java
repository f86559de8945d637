package io.cloudstic.backup;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.restic.snapshot.Snapshot;

/**
 * Which drive a run is about, and what came before.
 *
 * @param request what was asked for
 * @param account whose sign-in it is
 * @param drive the drive
 * @param snapshotPath as the snapshot names it
 * @param parent the newest snapshot of the same drive and folder, or null
 * @param remark what people should hear of what came before, or null
 */
record DriveIdentity(
    BackupRequest request,
    Account account,
    Drive drive,
    String snapshotPath,
    Snapshot parent,
    String remark) {}
