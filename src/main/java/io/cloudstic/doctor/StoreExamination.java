package io.cloudstic.doctor;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.run.Workers;
import io.cloudstic.store.ObjectExistsException;
import io.cloudstic.store.ObjectInfo;
import io.cloudstic.store.ObjectStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tries each operation of a store with one small object of its own, in a folder that repositories
 * do not have, and removes it again.
 */
public final class StoreExamination {
  /** The folder of the trial objects; restic and its kin look into their own folders only. */
  public static final String FOLDER = "cloudstic-doctor";

  private static final int LENGTH = 4096;
  private static final int FROM = 1000;
  private static final int PART = 100;

  /** So many that some meet, however long the way to the store is. */
  private static final int CREATORS = 4;

  private static final int LONGEST_SECONDS = 10;

  private final ObjectStore store;
  private final String key;
  private final String contested;
  private final byte[] content = new byte[LENGTH];
  private final List<String> left = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A trial of this store.
   *
   * @param random gives the object a name and a content that nobody else has
   */
  public StoreExamination(ObjectStore store, Random random) {
    this.store = store;
    random.nextBytes(content);
    this.key = FOLDER + "/" + HexFormat.of().formatHex(content, 0, 16);
    this.contested = key + "-contested";
  }

  /** One operation; its failure becomes a finding. */
  private interface Trial {
    Finding run();
  }

  /**
   * Tries all. Where nothing can be written, the rest is left out: what can be read shows when the
   * repository is opened.
   */
  public List<Finding> run() {
    if (!attempt("store: write", this::write)) {
      return findings;
    }
    try {
      attempt("store: conditional write", this::createAgain);
      attempt("store: read", this::read);
      attempt("store: ranges", this::readPart);
      attempt("store: listing", this::list);
    } finally {
      attempt("store: delete", this::delete);
    }
    return findings;
  }

  private boolean attempt(String name, Trial trial) {
    Finding finding;
    try {
      finding = trial.run();
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      finding = Finding.fail(name, e);
    }
    findings.add(finding);
    return finding.verdict() == Finding.Verdict.PASS;
  }

  private Finding write() {
    store.create(key, content);
    return Finding.pass("store: write", "an object of " + LENGTH + " bytes was written");
  }

  private Finding createAgain() {
    try {
      store.create(key, content);
    } catch (ObjectExistsException e) {
      return createAtOnce();
    }
    return unconditional("an object that should have been new");
  }

  /** Several create one object at the same moment: looking before is not enough then. */
  private Finding createAtOnce() {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch together = new CountDownLatch(CREATORS);
    try (Workers creators = new Workers("create", CREATORS)) {
      for (int i = 0; i < CREATORS; i++) {
        byte[] own = content.clone();
        own[0] ^= (byte) (i + 1);
        creators.submit(
            () -> {
              together.countDown();
              await(together);
              try {
                store.create(contested, own);
                made.incrementAndGet();
              } catch (ObjectExistsException e) {
                // Another one was first, as it should be.
              }
            });
      }
      creators.await();
    } finally {
      remove(contested);
    }
    return made.get() == 1
        ? Finding.pass("store: conditional write", "of several that create an object one succeeds")
        : unconditional("what another one creates at the same moment");
  }

  private static void await(CountDownLatch others) {
    try {
      others.await(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoppedException();
    }
  }

  private void remove(String trial) {
    try {
      store.delete(trial);
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      // Deleting is a trial of its own, which says so.
      left.add(trial);
    }
  }

  private static Finding unconditional(String overwritten) {
    return Finding.warn(
        "store: conditional write",
        "the store overwrites "
            + overwritten
            + ": two programs that make a repository at once could spoil it",
        "make the repository with one program only; a newer version of the service may know"
            + " If-None-Match");
  }

  private Finding read() {
    return Arrays.equals(store.get(key), content)
        ? Finding.pass("store: read", "it came back as it was written")
        : Finding.fail("store: read", "other bytes came back than were written", "do not use it");
  }

  private Finding readPart() {
    byte[] part = store.getRange(key, FROM, PART);
    return Arrays.equals(part, Arrays.copyOfRange(content, FROM, FROM + PART))
        ? Finding.pass("store: ranges", "parts of objects can be read")
        : Finding.fail(
            "store: ranges",
            "a part of an object is not what was asked for",
            "look for a proxy in between that ignores the header Range");
  }

  private Finding list() {
    List<ObjectInfo> listed = new ArrayList<>();
    store.list(FOLDER + "/", listed::add);
    boolean there = listed.stream().anyMatch(one -> one.key().equals(key) && one.size() == LENGTH);
    boolean sized = store.size(key).orElse(-1) == LENGTH;
    return there && sized
        ? Finding.pass("store: listing", "what was written is listed at once")
        : Finding.fail(
            "store: listing",
            "an object that was just written is "
                + (there ? "not found by its name" : "not listed"),
            "use a store with strong consistency, such as S3, MinIO or Ceph");
  }

  private Finding delete() {
    try {
      store.delete(key);
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      left.add(0, key);
      return Finding.warn(
          "store: delete",
          "nothing can be deleted, not even a lock: " + e.getMessage(),
          "allow deletion at least below locks/, and everywhere for prune; remove "
              + String.join(", ", left)
              + " by hand");
    }
    return store.size(key).isEmpty()
        ? Finding.pass("store: delete", "it is gone again")
        : Finding.fail(
            "store: delete", "an object that was deleted is still there", "remove " + key);
  }
}
