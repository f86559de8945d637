package io.cloudstic.cli;

import io.cloudstic.doctor.Finding;
import io.cloudstic.failure.CloudsticException;
import io.cloudstic.profile.ProfileFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directories of this machine. Properties were read by now, and routes are tried with Graph.
 */
final class DoctorOfConfiguration {
  private final CommandContext context;

  DoctorOfConfiguration(CommandContext context) {
    this.context = context;
  }

  List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    GlobalOptions global = context.global();
    findings.add(
        directory(
            "configuration",
            context.settings().configDir(global.configDir),
            "give another one with -config or CLOUDSTIC_CONFIG_DIR"));
    if (!global.noCache) {
      findings.add(
          directory(
              "cache",
              context.settings().cacheDir(global.cacheDir),
              "give another one with -cache-dir or CLOUDSTIC_CACHE_DIR, or use -no-cache"));
    }
    profiles().ifPresent(findings::add);
    return findings;
  }

  /** Whether the profiles can be read; nothing where there are none. */
  private Optional<Finding> profiles() {
    ProfileFile file = new ProfileFile(context.settings().configDir(context.global().configDir));
    if (!Files.exists(file.file())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Finding.pass("profiles", file.all().size() + " in " + file.file().getFileName()));
    } catch (CloudsticException e) {
      return Optional.of(Finding.fail("profiles", e));
    }
  }

  /** Whether the directory can be written into, or can be made where it is not there yet. */
  private static Finding directory(String name, Path directory, String remedy) {
    Path there = directory.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there == null || !Files.isDirectory(there)) {
      return Finding.fail(name, there + " is not a directory", remedy);
    }
    try {
      Files.delete(Files.createTempFile(there, ".cloudstic-", ".tmp"));
    } catch (IOException e) {
      return Finding.fail(name, there + " cannot be written into", remedy);
    }
    boolean made = there.equals(directory.toAbsolutePath());
    return Finding.pass(name, directory + (made ? "" : " (will be made)"));
  }
}
