package io.cloudstic.cli;

import io.cloudstic.doctor.ClockExamination;
import io.cloudstic.doctor.Finding;
import io.cloudstic.doctor.ResticExamination;
import io.cloudstic.doctor.StoreExamination;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.StoppedException;
import io.cloudstic.restic.lock.Locks;
import io.cloudstic.restic.repository.Config;
import io.cloudstic.restic.repository.Repository;
import io.cloudstic.restic.snapshot.SnapshotFilter;
import io.cloudstic.store.StoreUri;
import io.cloudstic.store.camel.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store, and the repository in it. */
final class DoctorOfRepository {
  private static final URI AMAZON = URI.create("https://s3.amazonaws.com");

  private static final int SHOWN = 10;

  private final CommandContext context;
  private final List<Finding> findings = new ArrayList<>();

  DoctorOfRepository(CommandContext context) {
    this.context = context;
  }

  List<Finding> run() {
    try {
      clock();
      store();
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      findings.add(Finding.fail("store", e));
    }
    return findings;
  }

  /** Where requests are signed with the time. */
  private void clock() {
    if (StoreAccess.uri(context) instanceof StoreUri.S3 bucket) {
      Settings settings = context.settings();
      Optional<URI> endpoint =
          S3Settings.of(bucket, settings.environment(), settings.properties()::getProperty)
              .endpoint();
      Finding finding =
          ClockExamination.withStore(Clock.systemUTC())
              .ask(endpoint.orElse(AMAZON), context.stop());
      findings.add(finding);
    }
  }

  private void store() {
    try (StoreAccess access = StoreAccess.open(context)) {
      boolean there = RepositoryAccess.isThere(access.store());
      if (!there && isMissing()) {
        findings.add(
            Finding.warn(
                "repository",
                "there is none at " + access.name(),
                "make one with: cloudstic init -store " + ShellWord.of(access.name())));
        return;
      }
      findings.addAll(new StoreExamination(access.store(), new SecureRandom()).run());
      tidy();
      if (there) {
        repository(access);
      } else {
        findings.add(
            Finding.warn(
                "repository",
                "there is none at " + access.name(),
                "make one with: cloudstic init -store " + ShellWord.of(access.name())));
      }
    }
  }

  /** A directory that is not there is not made just to be looked at. */
  private boolean isMissing() {
    return StoreAccess.uri(context) instanceof StoreUri.Local local && !Files.exists(local.path());
  }

  /** On a disk the folder of the trial stays, empty; S3 has no folders. */
  private void tidy() {
    if (StoreAccess.uri(context) instanceof StoreUri.Local local) {
      try {
        Files.deleteIfExists(local.path().resolve(StoreExamination.FOLDER));
      } catch (IOException e) {
        // Another doctor is at work there, or a finding says already that nothing can be deleted.
        return;
      }
    }
  }

  /** A backup looks for the one that it continues from, and so needs all. */
  private static Finding snapshots(Repository repository) {
    int[] readable = new int[1];
    List<String> damaged = new ArrayList<>();
    repository
        .snapshots()
        .forEach(
            SnapshotFilter.ALL,
            snapshot -> readable[0]++,
            (id, why) -> {
              if (damaged.size() < SHOWN) {
                damaged.add(id.brief());
              }
            });
    return damaged.isEmpty()
        ? Finding.pass("snapshots", readable[0] + " can be read")
        : Finding.fail(
            "snapshots",
            "damaged: " + String.join(", ", damaged) + (damaged.size() == SHOWN ? ", …" : ""),
            "see what is lost: cloudstic check; remove them: cloudstic repair snapshots -forget"
                + " -apply");
  }

  private void repository(StoreAccess access) {
    try (Repository repository =
        RepositoryAccess.repository(context, access.store(), access.name())) {
      Config config = repository.config();
      long stale = repository.locks().list().stream().filter(Locks.FoundLock::stale).count();
      findings.add(
          config.allowsCompression()
              ? Finding.pass(
                  "repository", config.id().brief() + " opens, version " + config.version())
              : Finding.warn(
                  "repository",
                  config.id().brief() + " is of version 1: nothing is compressed",
                  "restic migrate upgrade_repo_v2"));
      findings.add(snapshots(repository));
      findings.add(
          stale == 0
              ? Finding.pass("locks", "none is left behind")
              : Finding.warn(
                  "locks", stale + " left behind by programs that are gone", "cloudstic unlock"));
      findings.add(ResticExamination.run(context.settings().environment(), config.version()));
    } catch (StoppedException e) {
      throw e;
    } catch (CloudsticException e) {
      findings.add(Finding.fail("repository", e));
    }
  }
}
