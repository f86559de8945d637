package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.file.Concurrently;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.index.IndexedPack;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.CheckListener.Stage;
import io.cloudstic.verify.Finding.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the index files say there is, compared with the packs that are there. */
final class Contents {
  /** Index files read at once; a full one takes about 15 MB meanwhile. */
  private static final int WIDTH = 4;

  private final Repository repository;
  private final CheckReport report;
  private final Harms harms;

  /** An index of our own: the repository's refuses to work at all when one file is damaged. */
  final BlobIndex index = new BlobIndex();

  final Map<Id, PackFacts> packs = new HashMap<>();

  Contents(Repository repository, CheckReport report, Harms harms) {
    this.repository = repository;
    this.report = report;
    this.harms = harms;
  }

  void loadIndex() {
    List<Id> files = new ArrayList<>();
    repository.listFiles(FileKind.INDEX, file -> files.add(file.id()));
    report.indexFiles = files.size();
    Set<Id> several = new HashSet<>();
    AtomicLong done = new AtomicLong();
    Concurrently.forEach(
        files,
        WIDTH,
        file -> {
          load(file, several);
          report.progress(Stage.INDEX, done.incrementAndGet(), files.size());
        });
  }

  private void load(Id file, Set<Id> several) {
    try {
      repository
          .indexFiles()
          .decode(
              file,
              pack -> {
                synchronized (packs) {
                  add(file, pack, several);
                }
              });
    } catch (RepositoryException e) {
      report.add(Finding.error(Kind.INDEX, file, TerminalText.escape(e.getMessage())));
      report.suggestRepairIndex();
    } catch (ObjectNotFoundException e) {
      report.add(Finding.error(Kind.INDEX, file, "it was listed and cannot be found"));
      report.suggestRepairIndex();
    }
  }

  private void add(Id file, IndexedPack pack, Set<Id> several) {
    PackFacts facts = new PackFacts(pack.blobs());
    PackFacts known = packs.putIfAbsent(pack.id(), facts);
    if (known != null && known.fingerprint != facts.fingerprint) {
      report.add(
          Finding.error(
              Kind.PACK,
              pack.id(),
              "index " + file.brief() + " lists other blobs of it than another"));
      report.suggestRepairIndex();
    } else if (known != null && several.add(pack.id())) {
      report.add(Finding.hint(Kind.PACK, pack.id(), "it is in several index files"));
      report.suggestRepairIndex();
    }
    if (known == null && facts.mixed) {
      report.add(Finding.hint(Kind.PACK, pack.id(), "it holds both trees and data"));
      report.suggestPrune();
    }
    index.add(pack);
  }

  void comparePacks() {
    long[] orphans = new long[2];
    repository.listFiles(
        FileKind.PACK,
        file -> {
          report.packs++;
          PackFacts facts = packs.get(file.id());
          if (facts == null) {
            orphans[0]++;
            orphans[1] += file.size();
          } else {
            facts.size = file.size();
          }
        });
    index.forEachPack(pack -> compare(pack, packs.get(pack.id())));
    if (orphans[0] > 0) {
      report.suggestPrune();
      report.add(
          Finding.hint(
              Kind.PACK,
              null,
              "%d packs (%d bytes) are in no index: left by an interrupted run, harmless"
                  .formatted(orphans[0], orphans[1])));
    }
    report.progress(Stage.PACKS, report.packs, report.packs);
  }

  /** A pack that is not there, or not as long as it should be, spoils what would lie beyond. */
  private void compare(IndexedPack pack, PackFacts facts) {
    if (facts.size == facts.indexedSize) {
      return;
    }
    Harm harm;
    if (facts.size == PackFacts.MISSING) {
      harm = new Harm(Kind.PACK, pack.id(), "it is in the index and not in the store");
      report.suggestRepairIndex();
    } else {
      String message = "it has %d bytes, by the index %d".formatted(facts.size, facts.indexedSize);
      harm = new Harm(Kind.PACK, pack.id(), message);
    }
    report.broken(pack.id());
    harms.add(harm);
    for (PackedBlob blob : pack.blobs()) {
      if (!facts.holds(blob)) {
        harms.spoils(harm, blob.type(), blob.id());
      }
    }
  }
}
