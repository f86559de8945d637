package io.cloudstic.onedrive.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a refusal with status 401 what else a token must fulfil (Microsoft's "Claims
 * challenges, claims requests, and client capabilities"): a JSON object in base64, as the parameter
 * {@code claims} of {@code WWW-Authenticate}. It goes back to the authority as it is; nothing of it
 * is secret.
 */
public final class ClaimsChallenge {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern CLAIMS =
      Pattern.compile("(?i)(?:^|[\\s,])claims\\s*=\\s*\"([A-Za-z0-9+/_=-]+)\"");

  /** Real ones have some hundred characters; it becomes part of an address that a browser opens. */
  private static final int LONGEST = 8 * 1024;

  private ClaimsChallenge() {}

  /**
   * The claims as JSON; empty when the header asks for none, or for nothing that can be understood.
   *
   * @param header {@code WWW-Authenticate}, of several all in one text; null when there is none
   */
  public static Optional<String> parse(String header) {
    Matcher claims = CLAIMS.matcher(header == null ? "" : header);
    if (!claims.find() || claims.group(1).length() > LONGEST) {
      return Optional.empty();
    }
    return decoded(claims.group(1)).filter(ClaimsChallenge::isObject);
  }

  /** Both alphabets occur, with padding and without. */
  private static Optional<String> decoded(String base64) {
    String text = base64.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
    try {
      return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether this is a JSON object, which is all that claims can be. */
  static boolean isObject(String text) {
    try {
      return text.length() <= LONGEST && JSON.readTree(text).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
