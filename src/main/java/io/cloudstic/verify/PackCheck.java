package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.index.BlobIndex;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.run.Stop;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.Finding.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads packs whole: the hash of all bytes against the name, the header against the index, every
 * blob against its id. A pack is read piece by piece, so that its size does not matter.
 * Thread-safe.
 */
final class PackCheck {
  private static final int PIECE = 16 << 20;

  private final Repository repository;
  private final BlobIndex index;
  private final Stop stop;

  PackCheck(Repository repository, BlobIndex index, Stop stop) {
    this.repository = repository;
    this.index = index;
    this.stop = stop;
  }

  /**
   * Something wrong with a pack.
   *
   * @param blob which blob it spoils; null for the pack as a whole
   */
  record Flaw(Id pack, PackedBlob blob, String reason) {
    void tell(Harms harms) {
      if (blob == null) {
        harms.add(new Harm(Kind.PACK, pack, reason));
      } else {
        String message = blob.type().word() + " blob " + blob.id() + ": " + reason;
        harms.spoils(new Harm(Kind.PACK, pack, message), blob.type(), blob.id());
      }
    }
  }

  /**
   * What is wrong with a pack, at most one flaw for each blob and three for the whole; read a
   * second time before it is said, because a connection may have been at fault.
   *
   * @throws io.cloudstic.failure.StoppedException when the run is stopped; asked for each blob
   */
  List<Flaw> check(Id pack, PackFacts facts) {
    List<Flaw> first = read(pack, facts);
    return first.isEmpty() ? first : read(pack, facts);
  }

  private List<Flaw> read(Id pack, PackFacts facts) {
    List<Flaw> flaws = new ArrayList<>();
    try {
      List<PackedBlob> blobs = blobs(pack, facts, flaws);
      MessageDigest sha = Id.sha256();
      long at = 0;
      for (int i = 0; i < blobs.size(); ) {
        hash(pack, at, blobs.get(i).offset(), sha);
        int end = piece(blobs, i);
        at = readPiece(pack, blobs.subList(i, end), sha, flaws);
        i = end;
      }
      hash(pack, at, facts.size, sha);
      if (!Id.of(sha.digest(), 0).equals(pack)) {
        flaws.add(0, new Flaw(pack, null, "its content does not match its name"));
      }
    } catch (ObjectNotFoundException e) {
      flaws.add(new Flaw(pack, null, "it was listed and cannot be found"));
    }
    return flaws;
  }

  /** The blobs by the pack's own header; by the index when that cannot be read. */
  private List<PackedBlob> blobs(Id pack, PackFacts facts, List<Flaw> flaws) {
    try {
      List<PackedBlob> blobs =
          PackTail.read(repository.store(), pack, facts.size, repository.envelope());
      if (PackFacts.fingerprint(blobs) != facts.fingerprint) {
        flaws.add(new Flaw(pack, null, "its header and the index disagree"));
      }
      return blobs;
    } catch (RepositoryException e) {
      flaws.add(new Flaw(pack, null, TerminalText.escape(e.getMessage())));
      return indexed(pack, facts.size);
    }
  }

  /** Blobs one after another and within the pack, as far as the index has such. */
  private List<PackedBlob> indexed(Id pack, long size) {
    List<PackedBlob> sorted = new ArrayList<>(index.blobsOf(pack));
    sorted.sort(Comparator.comparingLong(PackedBlob::offset));
    List<PackedBlob> blobs = new ArrayList<>();
    long at = 0;
    for (PackedBlob blob : sorted) {
      long end = blob.offset() + blob.length();
      if (blob.offset() >= at && end <= size) {
        blobs.add(blob);
        at = end;
      }
    }
    return blobs;
  }

  /** Up to which blob the next piece goes; at least one. */
  private static int piece(List<PackedBlob> blobs, int from) {
    long begin = blobs.get(from).offset();
    long at = begin + blobs.get(from).length();
    int end = from + 1;
    while (end < blobs.size()
        && blobs.get(end).offset() == at
        && at + blobs.get(end).length() - begin <= PIECE) {
      at += blobs.get(end++).length();
    }
    return end;
  }

  private long readPiece(Id pack, List<PackedBlob> blobs, MessageDigest sha, List<Flaw> flaws) {
    long begin = blobs.get(0).offset();
    PackedBlob last = blobs.get(blobs.size() - 1);
    long end = last.offset() + last.length();
    byte[] sealed =
        repository.store().getRange(FileKind.PACK.key(pack), begin, Math.toIntExact(end - begin));
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    for (PackedBlob blob : blobs) {
      stop.check();
      int offset = (int) (blob.offset() - begin);
      sha.update(sealed, offset, (int) blob.length());
      try {
        decoder.decode(blob, sealed, offset);
      } catch (IOException | AuthenticationException e) {
        flaws.add(new Flaw(pack, blob, e.getMessage()));
      }
    }
    return end;
  }

  private void hash(Id pack, long from, long to, MessageDigest sha) {
    for (long at = from; at < to; ) {
      int length = (int) Math.min(PIECE, to - at);
      sha.update(repository.store().getRange(FileKind.PACK.key(pack), at, length));
      at += length;
    }
  }
}
