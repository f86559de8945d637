package io.cloudstic.status;

import io.cloudstic.restic.Id;
import io.cloudstic.restic.file.FileKind;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.verify.VerificationLog;
import java.util.ArrayList;
import java.util.List;

/**
 * What a repository takes, by the listing of its store.
 *
 * @param packs how many
 * @param packBytes what they take
 * @param otherBytes what indexes and snapshots take
 * @param verified how well the packs are verified, as far as this machine knows
 */
public record Space(long packs, long packBytes, long otherBytes, VerificationLog.Age verified) {

  /** Lists the repository's files; 32 bytes a pack are kept meanwhile. */
  public static Space of(Repository repository, VerificationLog log) {
    List<Id> packs = new ArrayList<>();
    long[] bytes = new long[2];
    repository.listFiles(
        FileKind.PACK,
        file -> {
          packs.add(file.id());
          bytes[0] += file.size();
        });
    for (FileKind kind : List.of(FileKind.INDEX, FileKind.SNAPSHOT)) {
      repository.listFiles(kind, file -> bytes[1] += file.size());
    }
    return new Space(packs.size(), bytes[0], bytes[1], log.ageOf(packs));
  }
}
