package io.cloudstic.backup;

import io.cloudstic.failure.UsageException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What is backed up, as the user named it: {@code onedrive}, {@code onedrive-changes}, either with
 * {@code :/sub/folder} or {@code ://DRIVE[/sub/folder]}, or {@code local:PATH}.
 *
 * @param kind which source
 * @param drive name or id of the drive; null for the account's own
 * @param folder the sub-folder without slashes at its ends, empty for the whole drive; never null
 * @param path of a local source; null otherwise
 */
public record SourceSpec(Kind kind, String drive, String folder, Path path) {

  /** The sources there are. */
  public enum Kind {
    /** Every folder is listed. */
    ONEDRIVE("onedrive"),
    /** Only the feed since the last snapshot. */
    ONEDRIVE_CHANGES("onedrive-changes"),
    /** A directory of this machine. */
    LOCAL("local");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As it is written in {@code -source}. */
    public String word() {
      return word;
    }
  }

  /**
   * Reads the text of {@code -source}.
   *
   * @throws UsageException naming what is wrong
   */
  public static SourceSpec parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    Kind kind =
        Arrays.stream(Kind.values())
            .filter(one -> one.word.equals(word))
            .findFirst()
            .orElseThrow(() -> wrong(text));
    if (kind == Kind.LOCAL) {
      if (rest.isEmpty()) {
        throw new UsageException("-source " + text + ": a path is missing", "local:/home/me");
      }
      return new SourceSpec(kind, null, "", Path.of(rest));
    }
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String drive = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (drive.isEmpty()) {
        throw new UsageException(
            "-source " + text + ": the drive is missing", "write " + word + "://DRIVE/folder");
      }
      return new SourceSpec(
          kind, drive, folder(slash < 0 ? "" : rest.substring(slash), text), null);
    }
    if (!rest.isEmpty() && !rest.startsWith("/")) {
      throw new UsageException(
          "-source " + text + ": a sub-folder begins with a slash", "write " + word + ":/" + rest);
    }
    return new SourceSpec(kind, null, folder(rest, text), null);
  }

  /** The same source on the drive of this id. */
  public SourceSpec onDrive(String driveId) {
    return new SourceSpec(kind, driveId, folder, path);
  }

  /** Whether the source is a OneDrive. */
  public boolean isOneDrive() {
    return kind != Kind.LOCAL;
  }

  /** The path that snapshots of this source carry. */
  public String snapshotPath() {
    if (kind == Kind.LOCAL) {
      return path.toAbsolutePath().normalize().toString();
    }
    return "onedrive:/" + (drive == null ? "" : "/" + drive + "/") + folder;
  }

  private static String folder(String path, String text) {
    String folder =
        Arrays.stream(path.split("/"))
            .filter(segment -> !segment.isEmpty())
            .collect(Collectors.joining("/"));
    if (Arrays.stream(folder.split("/")).anyMatch(s -> s.equals(".") || s.equals(".."))) {
      throw new UsageException(
          "-source " + text + ": . and .. have no meaning in a drive", "name the folder itself");
    }
    return folder;
  }

  private static UsageException wrong(String text) {
    return new UsageException(
        "-source " + text + " is not a source",
        "one of: onedrive, onedrive-changes, onedrive-changes:/folder,"
            + " onedrive-changes://DRIVE/folder, local:PATH");
  }
}
