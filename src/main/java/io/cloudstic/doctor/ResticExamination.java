package io.cloudstic.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the restic of this machine, if there is one, reads what is written here. */
public final class ResticExamination {
  private static final String NAME = "restic";
  private static final Pattern VERSION = Pattern.compile("restic (\\d+)\\.(\\d+)\\S*");

  /** The first that knows repositories of version 2. */
  private static final int FIRST_MINOR = 14;

  private static final int LONGEST_SECONDS = 10;
  private static final int MOST_BYTES = 4096;

  private ResticExamination() {}

  /**
   * Asks the program for its version.
   *
   * @param environment where the variable {@code PATH} is
   * @param repositoryVersion of the config
   */
  public static Finding run(Map<String, String> environment, int repositoryVersion) {
    String format = "repositories of version " + repositoryVersion;
    try {
      ProcessBuilder builder = new ProcessBuilder("restic", "version").redirectErrorStream(true);
      builder.environment().putAll(environment);
      Process restic = builder.start();
      CompletableFuture<byte[]> output =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return restic.getInputStream().readNBytes(MOST_BYTES);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      if (!restic.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        restic.destroyForcibly();
        return Finding.warn(NAME, "restic version does not end", "look at the program");
      }
      return judge(new String(output.join(), StandardCharsets.UTF_8), repositoryVersion, format);
    } catch (IOException e) {
      return Finding.pass(
          NAME, "not installed here; restic from 0." + FIRST_MINOR + " on reads " + format);
    } catch (CompletionException e) {
      return Finding.warn(NAME, "restic version cannot be read", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn(NAME, "interrupted", null);
    }
  }

  /** What the program's answer means. */
  static Finding judge(String answer, int repositoryVersion, String format) {
    Matcher version = VERSION.matcher(answer);
    if (!version.find()) {
      return Finding.warn(NAME, "restic does not tell its version", null);
    }
    boolean old = version.group(1).equals("0") && Integer.parseInt(version.group(2)) < FIRST_MINOR;
    return old && repositoryVersion > 1
        ? Finding.warn(
            NAME,
            version.group() + " does not read " + format,
            "install restic 0." + FIRST_MINOR + " or later")
        : Finding.pass(NAME, version.group() + " reads " + format);
  }
}
