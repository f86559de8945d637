package io.cloudstic.profile;

import io.cloudstic.failure.UsageException;
import java.util.Arrays;

/**
 * Where a secret is found: {@code env:NAME}, {@code file:PATH} or {@code command:CMD}.
 *
 * @param kind which of them
 * @param place the name, path or command
 */
public record SecretReference(Kind kind, String place) {
  /** The kinds there are. */
  public enum Kind {
    /** A variable of the environment. */
    ENV,
    /** A file. */
    FILE,
    /** What a command prints. */
    COMMAND
  }

  /**
   * Reads a reference.
   *
   * @throws UsageException when it is none; the message does not repeat the text, which may be a
   *     secret
   */
  public static SecretReference parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? "" : text.substring(0, colon);
    String place = colon < 0 ? "" : text.substring(colon + 1).strip();
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.name().toLowerCase(java.util.Locale.ROOT).equals(word))
        .filter(kind -> !place.isEmpty())
        .findFirst()
        .map(kind -> new SecretReference(kind, place))
        .orElseThrow(
            () ->
                new UsageException(
                    "a profile holds no secrets, only where they are found",
                    "write env:NAME, file:PATH or command:CMD"));
  }
}
