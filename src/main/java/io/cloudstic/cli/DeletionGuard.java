package io.cloudstic.cli;

import io.cloudstic.failure.UsageException;
import io.cloudstic.store.StoreUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Refuses to delete in directories whose loss nobody means. */
final class DeletionGuard {
  private final Map<String, Path> precious;

  private DeletionGuard(Map<String, Path> precious) {
    this.precious = precious;
  }

  static DeletionGuard of(CommandContext context) {
    Map<String, Path> precious = new LinkedHashMap<>();
    context
        .settings()
        .variable("HOME")
        .ifPresent(home -> precious.put("your home directory", Path.of(home)));
    StoreUri store = StoreAccess.uri(context);
    if (store instanceof StoreUri.Local local) {
      precious.put("the repository", local.path());
    }
    precious.put("the configuration", context.settings().configDir(context.global().configDir));
    return new DeletionGuard(precious);
  }

  /**
   * Looks at a target.
   *
   * @throws UsageException when it is the root, or holds something precious, or lies in the
   *     repository
   */
  void check(Path target) {
    Path real = real(target);
    if (real.getParent() == null) {
      throw refused(target, "is the root of the file system");
    }
    precious.forEach(
        (what, where) -> {
          if (real(where).startsWith(real)) {
            throw refused(target, real(where).equals(real) ? "is " + what : "holds " + what);
          }
          if (what.equals("the repository") && real.startsWith(real(where))) {
            throw refused(target, "lies in the repository");
          }
        });
  }

  private static UsageException refused(Path target, String why) {
    return new UsageException(
        "-delete is refused: " + target + " " + why, "name a directory of its own with -output");
  }

  /** The path without links, as far as it exists. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      return absolute.toRealPath();
    } catch (IOException e) {
      Path parent = absolute.getParent();
      return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
    }
  }
}
