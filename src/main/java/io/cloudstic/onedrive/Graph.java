package io.cloudstic.onedrive;

import java.util.List;

/**
 * The calls to Microsoft Graph that a backup needs. Every method is one Graph call (retries
 * inside), passes the gate, and is thread-safe. Errors come out as {@link GraphException}; a run
 * that was stopped as {@link io.cloudstic.failure.StoppedException}.
 */
public interface Graph {
  /** {@code GET /me}: only where a person signed in. */
  Account account();

  /** {@code GET /users/{user}}, by object id or user principal name. */
  Account user(String user);

  /** {@code GET /me/drive}: only where a person signed in. */
  Drive drive();

  /** {@code GET /users/{user}/drive}, by object id or user principal name. */
  Drive driveOf(String user);

  /** {@code GET /drives/{id}}. */
  Drive drive(String driveId);

  /** {@code GET /me/drives}: it may leave the account's own drive out (rclone#4068). */
  List<Drive> drives();

  /** {@code GET /users/{user}/drives}; as incomplete as {@link #drives}. */
  List<Drive> drivesOf(String user);

  /** {@code GET /drives/{id}/root}. */
  DriveItem root(String driveId);

  /** One item, with a fresh download URL where Graph gives one. */
  DriveItem item(String driveId, String itemId);

  /** The item at a path below the root, segments unencoded, joined by {@code /}. */
  DriveItem itemAt(String driveId, String path);

  /** The first page of a delta enumeration from the beginning. */
  Page deltaFromStart(String driveId);

  /** The page of {@code token=latest}: no items, the delta link of now. */
  Page deltaFromNow(String driveId);

  /** The first page of a folder's children. */
  Page children(String driveId, String folderId);

  /**
   * The page behind a next link or a delta link.
   *
   * @throws GraphException before any request when the link leaves the configured Graph host
   */
  Page follow(String link);
}
