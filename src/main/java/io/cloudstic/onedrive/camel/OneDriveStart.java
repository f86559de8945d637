package io.cloudstic.onedrive.camel;

/** Where a consumer that remembers nothing begins. */
public enum OneDriveStart {
  /** With the changes from now on. */
  now,

  /** With every item there is. */
  beginning
}
