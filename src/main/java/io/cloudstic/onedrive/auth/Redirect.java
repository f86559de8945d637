package io.cloudstic.onedrive.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/** What the browser brings back to us from the authority (RFC 6749, section 4.1.2). */
sealed interface Redirect {
  /** The person signed in; its {@code toString} does not show the code. */
  record Accepted(Secret code) implements Redirect {}

  /** The authority refused, or the person did. */
  record Refused(EntraError error) implements Redirect {}

  /** Nothing that answers our question; whoever sent it is not the authority. */
  record Foreign(String reason) implements Redirect {}

  /**
   * Reads the parameters of a redirect.
   *
   * @param parameters decoded, with all values of each
   * @param state what we sent along; only who saw our request knows it
   */
  static Redirect parse(Map<String, List<String>> parameters, String state) {
    if (parameters.values().stream().anyMatch(values -> values.size() != 1)) {
      return new Foreign("a parameter is there twice");
    }
    String code = value(parameters, "code");
    String error = value(parameters, "error");
    if (code.isEmpty() && error.isEmpty()) {
      return new Foreign("it has neither a code nor an error");
    }
    if (!isEqual(value(parameters, "state"), state)) {
      return new Foreign("it does not belong to this sign-in (its state is missing or another)");
    }
    return error.isEmpty()
        ? new Accepted(new Secret(code))
        : new Refused(EntraError.ofRedirect(error, value(parameters, "error_description")));
  }

  private static String value(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null || values.get(0) == null ? "" : values.get(0);
  }

  /** Takes the same time wherever the texts differ. */
  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
