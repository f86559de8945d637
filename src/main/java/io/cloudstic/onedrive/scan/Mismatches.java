package io.cloudstic.onedrive.scan;

/**
 * Files that are stored as they are served though Graph says otherwise of them: a known trait of
 * pictures and Office files, so that one warning tells of all. Thread-safe.
 */
final class Mismatches {
  private long count;
  private String example;

  synchronized void add(String file) {
    count++;
    example = example == null ? file : example;
  }

  synchronized void tell(Report report) {
    if (count > 0) {
      report.warn(
          count
              + (count == 1 ? " file does" : " files do")
              + " not match the size or hash that Graph gives, and "
              + (count == 1 ? "is" : "are")
              + " stored as served and marked so: "
              + example
              + (count == 1 ? "" : " and others"));
    }
  }
}
