package io.cloudstic.onedrive;

/** What a drive item is; the first that matches in this order (Graph sets several facets). */
public enum ItemKind {
  /** The drive's root folder. */
  ROOT,
  /** A pointer into another drive. */
  REMOTE,
  /** A unit such as a OneNote notebook without a folder facet: it has no content of its own. */
  PACKAGE,
  /** An album; its members are ordinary files elsewhere. */
  BUNDLE,
  /** A container, notebooks with a folder facet included. */
  FOLDER,
  /** Something with content. */
  FILE,
  /** Nothing that we know. */
  UNKNOWN
}
