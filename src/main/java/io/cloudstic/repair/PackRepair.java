package io.cloudstic.repair;

import io.cloudstic.repair.RepairStep.Action;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.BlobLocation;
import io.cloudstic.restic.index.IndexReplacement;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.write.BlobWriter;
import io.cloudstic.restic.write.WriteLimits;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Saves what can be read of damaged packs into new ones and takes the damaged ones out of the
 * repository. A pack of which something is lost is kept under {@code damaged/}, where no program
 * looks, for those who want to try other means. One object is one run.
 */
public final class PackRepair {
  /** Where damaged packs are kept. */
  public static final String ASIDE = "damaged/";

  /** Larger ones stay where they are: they would have to be in memory to be moved. */
  private static final long LARGEST_MOVED = 160 << 20;

  private final Repository repository;
  private final Set<Id> damaged;
  private final boolean apply;
  private final RepairReport report;
  private final Runnable stillLocked;
  private final Stop stop;
  private final BlobReader reader;

  /**
   * A run on an open repository under an exclusive lock.
   *
   * @param packs which packs; may be missing, or not damaged at all
   * @param apply whether to do it, or only to tell
   * @param listener is told of each step
   * @param stillLocked throws when the lock is lost
   */
  public PackRepair(
      Repository repository,
      Set<Id> packs,
      boolean apply,
      Consumer<RepairStep> listener,
      Runnable stillLocked,
      Stop stop) {
    this.repository = repository;
    this.damaged = new TreeSet<>(packs);
    this.apply = apply;
    this.report = new RepairReport(listener);
    this.stillLocked = stillLocked;
    this.stop = stop;
    this.reader = new BlobReader(repository);
  }

  /**
   * Repairs, or tells what a repair would do.
   *
   * @throws RepositoryException when the index is damaged, which has to be repaired before
   */
  public RepairReport run() {
    BlobIndex index = repository.index();
    Set<Id> unharmed = new LinkedHashSet<>();
    // It knows nothing, so that everything it is given is written, once.
    try (BlobWriter writer =
        BlobWriter.into(repository, new BlobIndex(), WriteLimits.standard(), stillLocked)) {
      for (Id pack : damaged) {
        stop.check();
        if (salvage(pack, index, writer)) {
          unharmed.add(pack);
        }
      }
      writer.flush();
    }
    if (apply) {
      leaveIndex();
    }
    damaged.forEach(pack -> leaveStore(pack, unharmed.contains(pack)));
    return report;
  }

  /** Whether nothing of the pack is lost. */
  private boolean salvage(Id pack, BlobIndex index, BlobWriter writer) {
    Set<PackedBlob> blobs = new LinkedHashSet<>(index.blobsOf(pack));
    OptionalLong size = repository.store().size(FileKind.PACK.key(pack));
    if (size.isPresent()) {
      blobs.addAll(header(pack, size.getAsLong()));
    }
    long saved = 0;
    long elsewhere = 0;
    List<PackedBlob> lost = new ArrayList<>();
    for (PackedBlob blob : blobs) {
      stop.check();
      byte[] plain = reader.read(new BlobLocation(pack, blob)).orElse(null);
      if (plain != null) {
        if (apply) {
          writer.save(blob.type(), plain, 0, plain.length);
        }
        saved++;
      } else if (isElsewhere(blob, index)) {
        elsewhere++;
      } else {
        lost.add(blob);
      }
    }
    String others = elsewhere == 0 ? "" : ", " + elsewhere + " are in other packs";
    step(Action.SALVAGE, pack, saved + " of " + blobs.size() + " blobs can be read" + others);
    for (PackedBlob blob : lost) {
      report.add(
          RepairStep.of(
              Action.LOST,
              "blob",
              blob.id(),
              blob.type().word() + " blob, was only in pack " + pack.brief()));
    }
    // Of a pack of which nothing is known something may be lost.
    return lost.isEmpty() && !blobs.isEmpty();
  }

  private List<PackedBlob> header(Id pack, long size) {
    try {
      return PackTail.read(repository.store(), pack, size, repository.envelope());
    } catch (RepositoryException | ObjectNotFoundException unreadable) {
      return List.of();
    }
  }

  private boolean isElsewhere(PackedBlob blob, BlobIndex index) {
    return index.lookup(blob.type(), blob.id()).stream()
        .anyMatch(place -> !damaged.contains(place.pack()) && reader.read(place).isPresent());
  }

  private void leaveIndex() {
    IndexReplacement rewrite = new IndexReplacement(repository.files(), stillLocked);
    List<Id> files = new ArrayList<>();
    repository.listFiles(FileKind.INDEX, file -> files.add(file.id()));
    for (Id file : files) {
      List<IndexedPack> packs = new ArrayList<>();
      repository.indexFiles().decode(file, packs::add);
      if (packs.stream().anyMatch(pack -> damaged.contains(pack.id()))) {
        rewrite.replaces(file);
        packs.stream().filter(pack -> !damaged.contains(pack.id())).forEach(rewrite::add);
      }
    }
    rewrite.finish(done -> {});
  }

  private void leaveStore(Id pack, boolean unharmed) {
    stillLocked.run();
    String key = FileKind.PACK.key(pack);
    OptionalLong size = repository.store().size(key);
    if (size.isEmpty()) {
      step(Action.DROP, pack, "it is not in the store");
    } else if (unharmed) {
      step(Action.REMOVE, pack, "nothing of it is lost");
      if (apply) {
        repository.store().delete(key);
      }
    } else if (size.getAsLong() > LARGEST_MOVED) {
      step(Action.DROP, pack, "it stays in the store, in no index: remove it when you like");
    } else {
      step(Action.SET_ASIDE, pack, "it is kept as " + ASIDE + pack.hex());
      if (apply) {
        repository.store().put(ASIDE + pack.hex(), repository.store().get(key));
        repository.store().delete(key);
      }
    }
  }

  private void step(Action action, Id pack, String reason) {
    report.add(RepairStep.of(action, "pack", pack, reason));
  }
}
