package io.cloudstic.backup;

import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CatalogueRebuild;
import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.onedrive.catalogue.LineageJson;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.Snapshot;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.restic.snapshot.Snapshots;
import io.cloudstic.restic.tree.Node;
import io.cloudstic.restic.tree.NodePath;
import io.cloudstic.restic.tree.NodeType;
import io.cloudstic.restic.tree.TreeWalk;
import java.util.Optional;

/**
 * What came before: the newest snapshot of the same drive and folder, whichever of the source types
 * made it, and what it tells of the drive.
 *
 * @param parent the snapshot, or null
 * @param lineage its record of the drive; null when it has none
 * @param remark what people should hear of a snapshot that is not continued, or null
 */
record DriveLineage(Snapshot parent, Lineage lineage, String remark) {
  /** The tag by which restic, too, marks what it rewrote without lost blobs. */
  private static final String REPAIRED = "repaired";

  /**
   * Looks among all snapshots: those that know their drive are matched by it, and those whose
   * record was dropped ({@code restic tag} and {@code copy} do) by account and path. One of the
   * same account comes before one that another account made of the same drive; one of another drive
   * is never continued, not even under the same name.
   */
  static DriveLineage find(
      Repository repository, Account account, DriveIds ids, SourceSpec source) {
    Newest own = new Newest();
    Newest others = new Newest();
    Newest foreign = new Newest();
    new Snapshots(repository.files())
        .forEach(
            SnapshotFilter.ALL,
            snapshot -> {
              Lineage lineage = snapshot.cloudstic().map(LineageJson::read).orElse(null);
              boolean sameName =
                  snapshot.hostname().equals(account.userPrincipalName())
                      && snapshot.paths().contains(source.snapshotPath());
              if (lineage == null) {
                own.offer(snapshot, null, sameName);
                return;
              }
              boolean sameDrive = ids.isThisDrive(lineage.driveId());
              boolean sameScope = lineage.scope().equalsIgnoreCase("/" + source.folder());
              boolean sameAccount =
                  lineage.accountId() == null || lineage.accountId().equals(account.id());
              own.offer(snapshot, lineage, sameDrive && sameScope && sameAccount);
              others.offer(snapshot, lineage, sameDrive && sameScope);
              foreign.offer(snapshot, lineage, sameName && !sameDrive);
            });
    if (own.snapshot != null) {
      return new DriveLineage(own.snapshot, own.lineage, null);
    }
    if (others.snapshot != null) {
      return new DriveLineage(
          others.snapshot,
          others.lineage,
          "snapshot "
              + others.snapshot.id().brief()
              + " of this drive was made by another account: its delta link is not continued, all"
              + " items are listed anew");
    }
    return new DriveLineage(
        null,
        null,
        foreign.snapshot == null
            ? null
            : "snapshot "
                + foreign.snapshot.id().brief()
                + " is of another drive of the same name: it is kept, and this drive begins anew");
  }

  /** The newest of the snapshots that fit. */
  private static final class Newest {
    private Snapshot snapshot;
    private Lineage lineage;

    void offer(Snapshot candidate, Lineage itsLineage, boolean fits) {
      if (fits && (snapshot == null || isNewer(candidate, snapshot))) {
        snapshot = candidate;
        lineage = itsLineage;
      }
    }
  }

  private static boolean isNewer(Snapshot one, Snapshot other) {
    return Snapshots.BY_TIME.compare(one, other) > 0;
  }

  /**
   * Makes the catalogue tell the state of the parent: from its trees, when the cache is of another
   * snapshot or gone. What cannot be read of the trees is enumerated again.
   */
  void bringUpToDate(Catalogue catalogue, DriveIds ids, Repository repository) {
    if (parent != null && belongsTo(catalogue)) {
      return;
    }
    catalogue.setContentAside();
    if (parent == null) {
      catalogue.clear();
    } else {
      CatalogueRebuild rebuild =
          new CatalogueRebuild(catalogue, ids, parent.id(), lineage, isShortened());
      ParentTrees trees = new ParentTrees(repository);
      try {
        TreeWalk.walk(trees, parent.tree(), new Filler(rebuild));
        rebuild.finish();
      } catch (RepositoryException unreadable) {
        if (trees.damaged) {
          // The new snapshot would rely on the same tree: the index says that it is there.
          throw unreadable;
        }
        catalogue.clear();
      }
    }
  }

  /**
   * Whether the catalogue knows this drive as of the parent. That of the snapshot which the parent
   * was made of by a repair or other tags does, too, and knows more than the trees of a repaired
   * one.
   */
  private boolean belongsTo(Catalogue catalogue) {
    return catalogue.belongsTo(parent.id())
        || parent.original().filter(catalogue::belongsTo).isPresent();
  }

  /** Whether another program shortened files in it, and says so only by the tag. */
  private boolean isShortened() {
    return lineage == null && parent.tags().contains(REPAIRED);
  }

  /** Loads trees, and tells a damaged one from one that has left the index. */
  private static final class ParentTrees implements TreeWalk.Trees {
    private final Repository repository;
    boolean damaged;

    ParentTrees(Repository repository) {
      this.repository = repository;
    }

    @Override
    public byte[] load(Id tree) {
      try {
        return repository.loadBlob(BlobType.TREE, tree);
      } catch (RepositoryException e) {
        damaged = repository.index().contains(BlobType.TREE, tree);
        throw e;
      }
    }
  }

  /** Shows the nodes of the parent to the rebuild. */
  private record Filler(CatalogueRebuild rebuild) implements TreeWalk.Visitor {
    @Override
    public boolean enter(NodePath path, Node directory) {
      rebuild.enterFolder(
          directory.name().text(), directory.mtime().toInstant(), facts(directory).orElse(null));
      return true;
    }

    @Override
    public void leave(NodePath path, Node directory) {
      rebuild.leaveFolder();
    }

    @Override
    public void visit(NodePath path, Node node) {
      if (node.type() == NodeType.FILE && node.content() != null) {
        rebuild.file(
            node.name().text(),
            node.mtime().toInstant(),
            node.size(),
            node.content(),
            facts(node).orElse(null));
      }
    }

    private static Optional<ItemFacts> facts(Node node) {
      return node.extendedAttributes().stream()
          .filter(attribute -> attribute.name().equals(ItemFacts.ATTRIBUTE))
          .findFirst()
          .map(attribute -> ItemFacts.fromJson(attribute.value()));
    }
  }
}
