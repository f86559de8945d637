package io.cloudstic.restore;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.onedrive.client.UploadSessions;
import io.cloudstic.restic.crypto.AuthenticationException;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.store.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Upload sessions in a store of this machine, sealed with the key of the repository that is
 * restored: nobody gets to a URL who could not read the files as well. A session that cannot be
 * kept or read is none. Thread-safe.
 */
public final class KeptUploads implements UploadSessions {
  /** The URLs that occur have less than 2 KiB. */
  private static final int LONGEST = 64 << 10;

  /** Services forget sessions after days, at most weeks. */
  private static final Duration OLD = Duration.ofDays(30);

  private final ObjectStore store;
  private final Repository repository;

  /**
   * Keeps sessions, and forgets very old ones.
   *
   * @param store on this machine, readable by this user only
   */
  public KeptUploads(ObjectStore store, Repository repository) {
    this.store = store;
    this.repository = repository;
    forgetOld(repository.environment().clock());
  }

  private void forgetOld(Clock clock) {
    Instant limit = clock.instant().minus(OLD);
    List<String> old = new ArrayList<>();
    quietly(
        () ->
            store.list(
                "",
                object -> {
                  if (object.modified() != null && object.modified().isBefore(limit)) {
                    old.add(object.key());
                  }
                }));
    old.forEach(key -> quietly(() -> store.delete(key)));
  }

  @Override
  public Optional<String> find(String upload) {
    String[] found = new String[1];
    quietly(
        () -> {
          long size = store.size(upload).orElse(0);
          if (size > 0 && size <= LONGEST) {
            found[0] = open(upload, store.get(upload));
          }
        });
    if (found[0] == null) {
      forget(upload);
    }
    return Optional.ofNullable(found[0]);
  }

  /** What was sealed for this upload; null for anything else. */
  private String open(String upload, byte[] sealed) {
    try {
      String text = new String(repository.envelope().open(sealed), StandardCharsets.UTF_8);
      String begin = upload + "\n";
      return text.startsWith(begin) ? text.substring(begin.length()) : null;
    } catch (AuthenticationException e) {
      return null;
    }
  }

  @Override
  public boolean keep(String upload, String url) {
    byte[] text = (upload + "\n" + url).getBytes(StandardCharsets.UTF_8);
    return quietly(() -> store.put(upload, repository.envelope().seal(text)));
  }

  @Override
  public void forget(String upload) {
    quietly(() -> store.delete(upload));
  }

  private static boolean quietly(Runnable action) {
    try {
      action.run();
      return true;
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      return false; // without it the upload begins anew
    }
  }
}
