package io.cloudstic.explain;

import io.cloudstic.explain.Explanation.State;
import io.cloudstic.onedrive.Drive;
import io.cloudstic.onedrive.DriveIds;
import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.CatalogueException;
import io.cloudstic.onedrive.catalogue.CataloguedItem;
import io.cloudstic.onedrive.catalogue.Lineage;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.NodeName;
import io.cloudstic.restic.tree.NodePath;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Looks paths up in the catalogue of the cache, which knows items that no snapshot has. */
final class Known {
  private Known() {}

  /**
   * What the catalogue knows of an item that is not in the snapshot.
   *
   * @param state why not
   * @param reason for people
   */
  record Item(State state, String reason) {}

  /** The item at a path below the scope folder. */
  static Optional<Item> below(
      Path cacheFolder, Repository repository, Lineage lineage, NodePath path) {
    return with(
        cacheFolder,
        repository,
        lineage,
        catalogue -> find(catalogue, catalogue.state().scopeKey(), path).map(Known::explained));
  }

  /** Whether the drive has an item at a path below its root. */
  static boolean isInDrive(
      Path cacheFolder, Repository repository, Lineage lineage, NodePath path) {
    return lineage != null
        && !lineage.scope().equals("/")
        && with(
                cacheFolder,
                repository,
                lineage,
                catalogue -> find(catalogue, catalogue.state().rootKey(), path))
            .isPresent();
  }

  private static <T> Optional<T> with(
      Path cacheFolder,
      Repository repository,
      Lineage lineage,
      Function<Catalogue, Optional<T>> question) {
    if (cacheFolder == null || lineage == null) {
      return Optional.empty();
    }
    DriveIds ids = DriveIds.of(new Drive(lineage.driveId(), lineage.driveType(), null, null, null));
    try (Catalogue catalogue =
        Catalogue.open(
            cacheFolder,
            repository.config().id().hex(),
            ids,
            lineage.scope().substring(1),
            blob -> repository.index().contains(BlobType.DATA, blob))) {
      return question.apply(catalogue);
    } catch (CatalogueException noCache) {
      // It can be deleted at any time; then only the snapshots tell.
      return Optional.empty();
    }
  }

  private static Optional<CataloguedItem> find(Catalogue catalogue, String top, NodePath path) {
    CataloguedItem item = null;
    String at = top;
    for (NodeName name : path.names()) {
      item = at == null ? null : catalogue.items().child(at, name.text());
      at = item == null ? null : item.key();
    }
    return Optional.ofNullable(item);
  }

  private static Item explained(CataloguedItem item) {
    if (item.vault()) {
      return new Item(State.LEFT_OUT, "the Personal Vault is closed to programs");
    }
    return switch (item.kind()) {
      case PACKAGE ->
          new Item(
              State.LEFT_OUT,
              "a package such as a OneNote notebook has no content that can be read");
      case REMOTE -> new Item(State.LEFT_OUT, "a shortcut to another drive is not followed");
      case BUNDLE -> new Item(State.LEFT_OUT, "an album; its members are backed up where they are");
      case UNKNOWN -> new Item(State.LEFT_OUT, "Graph does not say what it is");
      default ->
          new Item(
              State.PENDING, "it is known, and its content was not fetched by the last backup");
    };
  }
}
