package io.cloudstic.repair;

import io.cloudstic.repair.RepairStep.Action;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexReplacement;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.index.OldIndexException;
import io.cloudstic.restic.pack.PackHeader;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Makes the index tell what the packs hold. Index files that are right stay; of all others only
 * what is right is carried over. Packs that no index describes rightly are described by their own
 * headers. One object is one run.
 */
public final class IndexRepair {
  /** Headers read at once. */
  private static final int WIDTH = 8;

  private static final int BATCH = 1024;

  private final Repository repository;
  private final boolean readAllPacks;
  private final RepairReport report;
  private final Stop stop;
  private final boolean apply;
  private final IndexReplacement rewrite;
  private final Map<Id, Long> sizes = new HashMap<>();

  /** Packs that an index file describes rightly. */
  private final Set<Id> placed = new HashSet<>();

  /** Packs whose headers cannot be read. */
  private final Map<Id, Header> damaged = new ConcurrentHashMap<>();

  /** What index files say of packs that they do not describe rightly, or that are to be read. */
  private final BlobIndex doubtful = new BlobIndex();

  /**
   * A run on an open repository under an exclusive lock.
   *
   * @param apply whether to do it, or only to tell
   * @param readAllPacks whether to believe no index file at all
   * @param listener is told of each step
   * @param stillLocked throws when the lock is lost
   */
  public IndexRepair(
      Repository repository,
      boolean apply,
      boolean readAllPacks,
      Consumer<RepairStep> listener,
      Runnable stillLocked,
      Stop stop) {
    this.repository = repository;
    this.apply = apply;
    this.readAllPacks = readAllPacks;
    this.report = new RepairReport(listener);
    this.stop = stop;
    this.rewrite = new IndexReplacement(repository.files(), stillLocked);
  }

  /** Repairs, or tells what a repair would do. */
  public RepairReport run() {
    repository.listFiles(FileKind.PACK, file -> sizes.put(file.id(), file.size()));
    List<Id> files = new ArrayList<>();
    repository.listFiles(FileKind.INDEX, file -> files.add(file.id()));
    files.sort(null);
    for (Id file : files) {
      stop.check();
      file(file);
    }
    readHeaders();
    doubtful.forEachPack(
        pack -> {
          if (!sizes.containsKey(pack.id())) {
            step(Action.DROP, "pack", pack.id(), "it is not in the store");
          }
        });
    if (apply) {
      rewrite.finish(done -> {});
    }
    return report;
  }

  private void file(Id file) {
    List<IndexedPack> packs = new ArrayList<>();
    try {
      repository.indexFiles().decode(file, packs::add);
    } catch (OldIndexException e) {
      throw e;
    } catch (RepositoryException e) {
      rewrite.replaces(file);
      step(Action.REMOVE, "index", file, TerminalText.escape(e.getMessage()));
      return;
    } catch (ObjectNotFoundException e) {
      return; // it can be listed, but is not there
    }
    Set<Id> here = new HashSet<>();
    boolean right = packs.stream().allMatch(pack -> isRight(pack) && here.add(pack.id()));
    if (right) {
      placed.addAll(here);
      here.stream()
          .filter(damaged::containsKey)
          .forEach(pack -> keep(pack, damaged.get(pack).reason));
      return;
    }
    rewrite.replaces(file);
    step(
        Action.REPLACE,
        "index",
        file,
        readAllPacks
            ? "all packs are read"
            : "it does not say what the packs hold, or says it twice");
    for (IndexedPack pack : packs) {
      if (isRight(pack)) {
        placed.add(pack.id());
        list(pack);
      } else if (!placed.contains(pack.id())) {
        doubtful.add(pack);
      }
    }
  }

  /** Also where nothing better can be said: a pack cut short, of which the index knows the rest. */
  private boolean isRight(IndexedPack pack) {
    Long size = sizes.get(pack.id());
    if (readAllPacks || size == null || placed.contains(pack.id())) {
      return false;
    }
    return size == PackHeader.packSize(pack.blobs())
        || pack.blobs().stream().allMatch(blob -> isWithin(blob, size))
            && headerOf(pack.id()).reason != null;
  }

  private static boolean isWithin(PackedBlob blob, long size) {
    return blob.offset() + blob.length() <= size;
  }

  /** What a pack says of itself, or why that cannot be read. */
  private record Header(List<PackedBlob> blobs, String reason) {}

  private Header headerOf(Id pack) {
    Header known = damaged.get(pack);
    if (known != null) {
      return known;
    }
    stop.check();
    try {
      return new Header(
          PackTail.read(repository.store(), pack, sizes.get(pack), repository.envelope()), null);
    } catch (RepositoryException e) {
      Header header = new Header(null, TerminalText.escape(e.getMessage()));
      damaged.put(pack, header);
      return header;
    } catch (ObjectNotFoundException e) {
      return new Header(null, "it was listed and cannot be found");
    }
  }

  private void readHeaders() {
    List<Id> unplaced =
        sizes.keySet().stream().filter(id -> !placed.contains(id)).sorted().toList();
    for (int from = 0; from < unplaced.size(); from += BATCH) {
      List<Id> batch = unplaced.subList(from, Math.min(unplaced.size(), from + BATCH));
      Map<Id, Header> headers = new ConcurrentHashMap<>();
      Concurrently.forEach(batch, WIDTH, pack -> headers.put(pack, headerOf(pack)));
      batch.forEach(pack -> place(pack, headers.get(pack)));
    }
  }

  private void place(Id pack, Header header) {
    List<PackedBlob> indexed = doubtful.blobsOf(pack);
    if (header.blobs == null) {
      keepReadable(pack, indexed, header.reason);
      return;
    }
    list(new IndexedPack(pack, header.blobs));
    if (indexed.isEmpty()) {
      step(
          Action.ADD,
          "pack",
          pack,
          "it is in no index and holds " + header.blobs.size() + " blobs");
    } else if (!Set.copyOf(indexed).equals(Set.copyOf(header.blobs))) {
      step(Action.REPLACE, "pack", pack, "the index has other blobs of it than its header");
    }
  }

  /** A damaged pack: what the index knows of its undamaged part remains within reach. */
  private void keepReadable(Id pack, List<PackedBlob> indexed, String reason) {
    long size = sizes.get(pack);
    List<PackedBlob> within = indexed.stream().filter(blob -> isWithin(blob, size)).toList();
    if (within.isEmpty()) {
      step(Action.LOST, "pack", pack, reason);
    } else {
      list(new IndexedPack(pack, within));
      keep(pack, reason);
    }
  }

  private void keep(Id pack, String reason) {
    step(Action.KEEP, "pack", pack, reason + "; next: cloudstic repair packs " + pack.hex());
  }

  private void list(IndexedPack pack) {
    if (apply) {
      rewrite.add(pack);
    }
  }

  private void step(Action action, String object, Id id, String reason) {
    report.add(RepairStep.of(action, object, id, reason));
  }
}
