package io.cloudstic.onedrive.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the authority says when it refuses: OAuth's error (RFC 6749, section 5.2) with Entra ID's
 * additions. All texts come from outside; {@link #describe} is what may be shown.
 *
 * @param error the word to decide by, or empty when the reply holds none
 * @param numbers Entra's AADSTS numbers, most specific first; often one, sometimes none
 * @param description for people, in English
 * @param correlationId what Microsoft's support asks for; these three may be empty
 * @param traceId likewise
 * @param timestamp likewise
 * @param claims what a person's sign-in must fulfil, a JSON object, if the reply says so
 */
record EntraError(
    String error,
    List<Integer> numbers,
    String description,
    String correlationId,
    String traceId,
    String timestamp,
    Optional<String> claims) {
  /** An app's assertion is not good yet, or no longer, by the clock of the authority. */
  static final int ASSERTION_OUT_OF_TIME = 700024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AADSTS = Pattern.compile("AADSTS([0-9]{4,9})");
  private static final Pattern NOT_FOR_PEOPLE =
      Pattern.compile(
          "^AADSTS[0-9]+: *|\\s*(Trace ID|Correlation ID|Timestamp): .*$", Pattern.DOTALL);
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}]+");
  private static final int LONGEST_DESCRIPTION = 300;
  private static final int SHORTEST_SECRET = 4;

  /** The error in the body of a reply, or empty when the body is something else. */
  static Optional<EntraError> parse(String body) {
    try {
      JsonNode json = body == null ? null : JSON.readTree(body);
      if (json == null || !json.path("error").isTextual()) {
        return Optional.empty();
      }
      List<Integer> numbers = new ArrayList<>();
      json.path("error_codes").forEach(code -> numbers.add(code.asInt()));
      String description = json.path("error_description").asText();
      addNumbers(description, numbers);
      return Optional.of(
          new EntraError(
              json.path("error").asText(),
              List.copyOf(numbers),
              description,
              json.path("correlation_id").asText(),
              json.path("trace_id").asText(),
              json.path("timestamp").asText(),
              Optional.of(json.path("claims").asText()).filter(ClaimsChallenge::isObject)));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The error that a browser brought back in the query of a redirect. */
  static EntraError ofRedirect(String error, String description) {
    List<Integer> numbers = new ArrayList<>();
    addNumbers(description, numbers);
    return new EntraError(error, List.copyOf(numbers), description, "", "", "", Optional.empty());
  }

  private static void addNumbers(String text, List<Integer> numbers) {
    Matcher matcher = AADSTS.matcher(text);
    while (matcher.find()) {
      Integer number = Integer.valueOf(matcher.group(1));
      if (!numbers.contains(number)) {
        numbers.add(number);
      }
    }
  }

  /**
   * One line for people: error, number, description and the ids that support asks for.
   *
   * @param secrets what was sent, and must not be shown even when the authority repeats it
   */
  String describe(Collection<String> secrets) {
    StringBuilder line = new StringBuilder(clean(error, secrets));
    if (!numbers.isEmpty()) {
      line.append(" (AADSTS").append(numbers.get(0)).append(')');
    }
    String text = clean(NOT_FOR_PEOPLE.matcher(description).replaceAll(""), secrets);
    if (!text.isEmpty()) {
      line.append(": ").append(text);
    }
    List<String> ids = new ArrayList<>();
    addId(ids, "correlation id", correlationId, secrets);
    addId(ids, "trace id", traceId, secrets);
    addId(ids, "time", timestamp, secrets);
    return ids.isEmpty() ? line.toString() : line + " [" + String.join(", ", ids) + "]";
  }

  private static void addId(
      List<String> ids, String name, String value, Collection<String> secrets) {
    if (!value.isEmpty()) {
      ids.add(name + " " + clean(value, secrets));
    }
  }

  private static String clean(String text, Collection<String> secrets) {
    String shown = text;
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST_SECRET) {
        shown = shown.replace(secret, "[secret]");
      }
    }
    shown = INVISIBLE.matcher(shown).replaceAll(" ").trim();
    return shown.length() <= LONGEST_DESCRIPTION
        ? shown
        : shown.substring(0, LONGEST_DESCRIPTION) + "…";
  }

  /** Shows no description: it may repeat what was sent. */
  @Override
  public String toString() {
    return "EntraError" + numbers;
  }
}
