package io.cloudstic.verify;

import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackWindows;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.Finding.Kind;
import java.io.IOException;

/**
 * Loads tree blobs from any of their places; a damaged copy is a finding even if another is good.
 */
final class TreeReader {
  /** A damaged read may be the connection's fault. */
  private static final int READS = 2;

  private final Repository repository;
  private final Contents contents;
  private final CheckReport report;
  private final Harms harms;
  private PackWindows packs;

  TreeReader(Repository repository, Contents contents, CheckReport report, Harms harms) {
    this.repository = repository;
    this.contents = contents;
    this.report = report;
    this.harms = harms;
    this.packs = new PackWindows(repository.store());
  }

  /**
   * The bytes of a tree.
   *
   * @throws RepositoryException when no place has it undamaged
   */
  byte[] load(Id tree) {
    String reason = "it is in no index";
    for (BlobLocation location : contents.index.lookup(BlobType.TREE, tree)) {
      PackFacts pack = contents.packs.get(location.pack());
      if (!pack.holds(location.blob())) {
        reason = "its pack " + location.pack().brief() + " is missing or too short";
        continue; // the pack has a finding of its own
      }
      try {
        return read(location);
      } catch (IOException | AuthenticationException | ObjectNotFoundException e) {
        reason = "in pack " + location.pack().brief() + " it is damaged: " + e.getMessage();
        damaged(tree, location.pack(), e.getMessage());
      }
    }
    throw RepositoryException.damaged("tree " + tree + " cannot be read: " + reason, null);
  }

  /** Told once, whether the pack was read whole before or the tree is met again. */
  private void damaged(Id tree, Id pack, String message) {
    for (Harm harm : harms.of(BlobType.TREE, tree)) {
      if (harm.isOf(Kind.PACK, pack)) {
        return;
      }
    }
    report.broken(pack);
    harms.spoils(
        new Harm(Kind.PACK, pack, "tree blob " + tree + ": " + message), BlobType.TREE, tree);
  }

  private byte[] read(BlobLocation location) throws IOException {
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    int length = Math.toIntExact(location.length());
    for (int read = 1; ; read++) {
      try {
        byte[] sealed = packs.read(location.pack(), location.offset(), length);
        return decoder.decode(location.blob(), sealed, 0);
      } catch (IOException | AuthenticationException e) {
        if (read == READS) {
          throw e;
        }
        packs = new PackWindows(repository.store());
      }
    }
  }
}
