package io.cloudstic.verify;

import io.cloudstic.restic.Id;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When every byte of which pack was last read and found right. Kept in the cache directory, one
 * file for each repository, 40 bytes a pack; it may be deleted at any time, and what cannot be read
 * of it counts as never written. Thread-safe.
 */
public final class VerificationLog {
  /** What {@link #secondsOf} says of a pack that was never verified. */
  static final long NEVER = Long.MIN_VALUE;

  private static final Logger LOG = LoggerFactory.getLogger(VerificationLog.class);
  private static final byte[] MAGIC =
      "cloudstic verified packs 1\n".getBytes(StandardCharsets.UTF_8);
  private static final int ENTRY = Id.LENGTH + Long.BYTES;

  private final Path file;
  private final Map<Id, Long> seconds = new HashMap<>();

  private VerificationLog(Path file) {
    this.file = file;
  }

  /**
   * What is known of a repository.
   *
   * @param cacheFolder where the file is kept; null for a log that is forgotten with this object
   * @param repositoryId of the repository's config
   */
  public static VerificationLog open(Path cacheFolder, Id repositoryId) {
    VerificationLog log =
        new VerificationLog(
            cacheFolder == null
                ? null
                : cacheFolder.resolve("verified-" + repositoryId.hex().substring(0, 24)));
    if (log.file != null && Files.isRegularFile(log.file)) {
      log.read();
    }
    return log;
  }

  private void read() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!java.util.Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        return;
      }
      byte[] id = new byte[Id.LENGTH];
      for (long left = (Files.size(file) - MAGIC.length) / ENTRY; left > 0; left--) {
        in.readFully(id);
        seconds.put(Id.of(id, 0), in.readLong());
      }
    } catch (IOException e) {
      LOG.debug("cannot read {}: {}", file, e.getMessage());
    }
  }

  /** When a pack was last verified; empty when it never was, as far as this machine knows. */
  public synchronized Optional<Instant> verifiedAt(Id pack) {
    return Optional.ofNullable(seconds.get(pack)).map(Instant::ofEpochSecond);
  }

  synchronized long secondsOf(Id pack) {
    return seconds.getOrDefault(pack, NEVER);
  }

  /** Every byte of the pack was read and is right. */
  public synchronized void verified(Id pack, Instant when) {
    seconds.put(pack, when.getEpochSecond());
  }

  /** The pack is damaged: it comes first the next time. */
  public synchronized void damaged(Id pack) {
    seconds.remove(pack);
  }

  /**
   * How well the data of a repository is verified.
   *
   * @param packs how many packs there are
   * @param never how many of them were never verified
   * @param oldest when the one was verified that was verified longest ago; empty when none was
   */
  public record Age(long packs, long never, Optional<Instant> oldest) {}

  /** The age of the verification of these packs. */
  public synchronized Age ageOf(Iterable<Id> packs) {
    long count = 0;
    long never = 0;
    long oldest = Long.MAX_VALUE;
    for (Id pack : packs) {
      count++;
      long when = secondsOf(pack);
      if (when == NEVER) {
        never++;
      } else {
        oldest = Math.min(oldest, when);
      }
    }
    return new Age(
        count,
        never,
        never == count ? Optional.empty() : Optional.of(Instant.ofEpochSecond(oldest)));
  }

  /** Writes it, without packs that are gone; that this fails is not worth ending a check for. */
  public synchronized void save(Predicate<Id> exists) {
    seconds.keySet().removeIf(exists.negate());
    if (file == null) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      Path next = Files.createTempFile(file.getParent(), file.getFileName() + "-", ".tmp");
      try {
        try (DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(next)))) {
          out.write(MAGIC);
          for (Map.Entry<Id, Long> entry : seconds.entrySet()) {
            out.write(entry.getKey().toBytes());
            out.writeLong(entry.getValue());
          }
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      LOG.warn("cannot keep in {} what was verified: {}", file, e.toString());
    }
  }
}
