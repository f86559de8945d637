package io.cloudstic.onedrive.catalogue;

/**
 * Is shown what a snapshot holds, depth first from the scope folder, which itself is not shown. The
 * entries of a folder come by the ascending UTF-8 bytes of their names; no two have the same.
 */
public interface DriveVisitor {
  /** A folder begins. */
  void enterFolder(CataloguedItem folder);

  /** A file with its content, which may be stale. */
  void file(CataloguedItem file);

  /** The folder that was entered last ends. */
  void leaveFolder(CataloguedItem folder);
}
