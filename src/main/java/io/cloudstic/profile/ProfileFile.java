package io.cloudstic.profile;

import io.cloudstic.failure.CloudsticException;
import io.cloudstic.failure.ExitCode;
import io.cloudstic.failure.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The file {@code profiles.yaml}. Changes are written to a new file, readable for its owner alone,
 * which then takes the place of the old one. Not thread-safe.
 */
public final class ProfileFile {
  /** More than anybody writes by hand. */
  private static final long LONGEST = 1 << 20;

  private final Path file;

  /** The profiles of a configuration directory, which need not exist. */
  public ProfileFile(Path configuration) {
    this.file = configuration.resolve("profiles.yaml");
  }

  /** Where it is. */
  public Path file() {
    return file;
  }

  /**
   * All profiles, in the order of the file; none when there is no file.
   *
   * @throws UsageException naming file, line and key of what is wrong
   */
  public List<Profile> all() {
    return placed().values().stream().map(ProfileReader.Placed::profile).toList();
  }

  /**
   * The profile of that name.
   *
   * @throws UsageException when there is none
   */
  public Profile find(String name) {
    return found(placed(), name).profile();
  }

  private ProfileReader.Placed found(Map<String, ProfileReader.Placed> placed, String name) {
    if (!placed.containsKey(name)) {
      throw new UsageException(
          "there is no profile \"" + name + "\" in " + file,
          placed.isEmpty()
              ? "make one with: cloudstic profile new NAME -source SOURCE -store URI"
              : "there are: " + String.join(", ", placed.keySet()));
    }
    return placed.get(name);
  }

  private Map<String, ProfileReader.Placed> placed() {
    return new ProfileReader(file).read(text());
  }

  /**
   * Adds a profile at the end.
   *
   * @throws UsageException when the name is taken or is none
   */
  public void add(Profile profile) {
    if (!ProfileReader.NAME.matcher(profile.name()).matches()) {
      throw new UsageException(
          "'" + profile.name() + "' is no name for a profile",
          "use letters, digits, '.', '_' and '-'");
    }
    if (placed().containsKey(profile.name())) {
      throw new CloudsticException(
          ExitCode.FAILED,
          "there is a profile \"" + profile.name() + "\" already in " + file,
          "remove it first, or edit the file: cloudstic profile remove " + profile.name(),
          null);
    }
    List<String> lines = lines();
    if (placed().isEmpty()) {
      // Only comments can be lost otherwise: an empty "profiles:" goes.
      lines.removeIf(line -> line.strip().matches("profiles:\\s*(\\{\\s*}|null|~)?"));
      lines.add("profiles:");
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isBlank()) {
      lines.remove(lines.size() - 1);
    }
    ProfileText.of(profile, indent()).forEach(lines::add);
    write(lines, placed().size() + 1);
  }

  /** As far as the others are indented. */
  private String indent() {
    return placed().values().stream()
        .findFirst()
        .map(placed -> lines().get(placed.line()).replaceFirst("\\S.*", ""))
        .orElse("  ");
  }

  /**
   * Removes a profile: its lines, up to the next one, and comments among them.
   *
   * @throws UsageException when there is none
   */
  public void remove(String name) {
    Map<String, ProfileReader.Placed> placed = placed();
    int begin = found(placed, name).line();
    List<String> lines = lines();
    int end =
        placed.values().stream()
            .mapToInt(ProfileReader.Placed::line)
            .filter(line -> line > begin)
            .min()
            .orElse(lines.size());
    int last = end;
    // Comments right above the next one belong to it.
    while (end < lines.size() && last - 1 > begin && isComment(lines.get(last - 1))) {
      last--;
    }
    lines.subList(begin, last).clear();
    write(lines, placed.size() - 1);
  }

  private static boolean isComment(String line) {
    return line.isBlank() || line.strip().startsWith("#");
  }

  private List<String> lines() {
    return text().lines().collect(Collectors.toCollection(ArrayList::new));
  }

  private String text() {
    try {
      if (Files.size(file) > LONGEST) {
        throw new UsageException(file + " is longer than 1 MiB", "shorten it");
      }
      return Files.readString(file);
    } catch (NoSuchFileException none) {
      return "";
    } catch (IOException e) {
      throw new UsageException("cannot read " + file, "check its mode and that it is UTF-8", e);
    }
  }

  /** Only a text that reads as it should takes the place of the old one. */
  private void write(List<String> lines, int profiles) {
    String text = String.join("\n", lines) + "\n";
    if (profiles == 0) {
      text = text.replaceFirst("(?m)^profiles:[ \\t]*$", "profiles: {}");
    }
    boolean sound;
    try {
      sound = new ProfileReader(file).read(text).size() == profiles;
    } catch (UsageException e) {
      sound = false;
    }
    if (!sound) {
      throw new CloudsticException(
          ExitCode.FAILED,
          file + " is not written in lines of 'key: value', so that it cannot be changed from here",
          "edit it by hand",
          null);
    }
    replace(text);
  }

  private void replace(String text) {
    try {
      // Where it is a link, what it leads to is replaced.
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path directory = target.getParent();
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, permissions("rwx------"));
      }
      Path made = Files.createTempFile(directory, "profiles", ".new", permissions("rw-------"));
      Files.writeString(made, text);
      Files.move(made, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CloudsticException(
          ExitCode.FAILED, "cannot write " + file + ": " + e.getMessage(), "check its mode", e);
    }
  }

  private FileAttribute<?>[] permissions(String permissions) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
