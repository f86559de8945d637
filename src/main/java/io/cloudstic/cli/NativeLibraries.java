package io.cloudstic.cli;

/**
 * The libraries that are not Java, zstd's and SQLite's: their jars hold them for each system, and
 * they are unpacked into the directory for temporary files, which many a server mounts {@code
 * noexec}.
 */
final class NativeLibraries {
  private NativeLibraries() {}

  /** Whether one of them could not be unpacked or loaded, now or when it was first tried. */
  static boolean isReasonOf(Throwable fault) {
    for (Throwable at = fault; at != null; at = at.getCause()) {
      String text = String.valueOf(at.getMessage());
      if (at instanceof UnsatisfiedLinkError
          || at instanceof LinkageError
              && (text.contains("UnsatisfiedLinkError") || text.contains("Cannot unpack"))) {
        return true;
      }
    }
    return false;
  }

  static String message(Throwable fault) {
    Throwable first = fault;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    String reason = String.valueOf(first.getMessage()).lines().findFirst().orElse("");
    return "a library cannot be loaded from the directory for temporary files, %s: %s"
        .formatted(System.getProperty("java.io.tmpdir"), reason);
  }

  static String advice() {
    return "the directory must exist, have room, and let programs run (not be mounted noexec);"
        + " to take another: export CLOUDSTIC_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY";
  }
}
