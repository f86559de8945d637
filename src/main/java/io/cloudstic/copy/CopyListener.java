package io.cloudstic.copy;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.snapshot.Snapshot;

/** Is told how a copy goes on. {@link #lost} is called by several threads at once. */
public interface CopyListener {
  /** The destination has this snapshot already, under that id. */
  void skipped(Snapshot source, Id copy);

  /** The snapshot was stored in the destination under that id. */
  void copied(Snapshot source, Id copy);

  /** The snapshot was left out, because the source is damaged where it needs it. */
  void damaged(Snapshot source);

  /** A blob that no place of the source holds undamaged. */
  void lost(String what);
}
