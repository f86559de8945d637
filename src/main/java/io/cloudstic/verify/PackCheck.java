package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.pack.BlobDecoder;
import io.cloudstic.restic.pack.PackTail;
import io.cloudstic.restic.pack.PackedBlob;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.tree.TerminalText;
import io.cloudstic.store.ObjectNotFoundException;
import io.cloudstic.verify.Finding.Kind;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads packs whole: the hash of all bytes against the name, the header against the index, every
 * blob against its id. A pack is read piece by piece, so that its size does not matter.
 * Thread-safe.
 */
final class PackCheck {
  private static final int PIECE = 16 << 20;

  private final Repository repository;

  PackCheck(Repository repository) {
    this.repository = repository;
  }

  /**
   * What is wrong with a pack, at most one finding for each blob and two for the whole; read a
   * second time before it is said, because a connection may have been at fault.
   */
  List<Finding> check(Id pack, PackFacts facts) {
    List<Finding> first = read(pack, facts);
    return first.isEmpty() ? first : read(pack, facts);
  }

  private List<Finding> read(Id pack, PackFacts facts) {
    List<Finding> findings = new ArrayList<>();
    try {
      List<PackedBlob> blobs = header(pack, facts, findings);
      MessageDigest sha = Id.sha256();
      long at = 0;
      for (int i = 0; i < blobs.size(); ) {
        int end = piece(blobs, i);
        at = readPiece(pack, blobs.subList(i, end), sha, findings);
        i = end;
      }
      hashRest(pack, at, facts.size, sha);
      if (!Id.of(sha.digest(), 0).equals(pack)) {
        findings.add(0, Finding.error(Kind.PACK, pack, "its content does not match its name"));
      }
    } catch (ObjectNotFoundException e) {
      findings.add(Finding.error(Kind.PACK, pack, "it was listed and cannot be found"));
    }
    return findings;
  }

  /** The blobs by the pack's own header; none when that cannot be read. */
  private List<PackedBlob> header(Id pack, PackFacts facts, List<Finding> findings) {
    try {
      List<PackedBlob> blobs =
          PackTail.read(repository.store(), pack, facts.size, repository.envelope());
      if (PackFacts.fingerprint(blobs) != facts.fingerprint) {
        findings.add(Finding.error(Kind.PACK, pack, "its header and the index disagree"));
      }
      return blobs;
    } catch (RepositoryException e) {
      findings.add(Finding.error(Kind.PACK, pack, TerminalText.escape(e.getMessage())));
      return List.of();
    }
  }

  /** Up to which blob the next piece goes; at least one. */
  private static int piece(List<PackedBlob> blobs, int from) {
    long length = blobs.get(from).length();
    int end = from + 1;
    while (end < blobs.size() && length + blobs.get(end).length() <= PIECE) {
      length += blobs.get(end++).length();
    }
    return end;
  }

  private long readPiece(
      Id pack, List<PackedBlob> blobs, MessageDigest sha, List<Finding> findings) {
    long begin = blobs.get(0).offset();
    PackedBlob last = blobs.get(blobs.size() - 1);
    long end = last.offset() + last.length();
    byte[] sealed =
        repository.store().getRange(FileKind.PACK.key(pack), begin, Math.toIntExact(end - begin));
    sha.update(sealed);
    BlobDecoder decoder = new BlobDecoder(repository.envelope());
    for (PackedBlob blob : blobs) {
      try {
        decoder.decode(blob, sealed, (int) (blob.offset() - begin));
      } catch (IOException | AuthenticationException e) {
        findings.add(
            Finding.error(
                Kind.PACK,
                pack,
                blob.type().word() + " blob " + blob.id() + ": " + e.getMessage()));
      }
    }
    return end;
  }

  private void hashRest(Id pack, long from, long size, MessageDigest sha) {
    for (long at = from; at < size; ) {
      int length = (int) Math.min(PIECE, size - at);
      sha.update(repository.store().getRange(FileKind.PACK.key(pack), at, length));
      at += length;
    }
  }
}
