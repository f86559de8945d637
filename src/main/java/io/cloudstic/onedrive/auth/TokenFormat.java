package io.cloudstic.onedrive.auth;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token in the JSON of Go's {@code golang.org/x/oauth2} package: {@code access_token}, {@code
 * token_type}, {@code refresh_token}, {@code expiry}. The expiry is RFC 3339; Go's zero time, like
 * a missing one, means that the token does not end. Fields that we do not know are kept.
 */
final class TokenFormat {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What the next sign-in of a person must fulfil; a field of our own. */
  private static final String CLAIMS = "cloudstic_claims";

  private static final String ZERO_TIME = "0001-01-01T00:00:00Z";
  // java.time knows nanoseconds; finer digits are legal and say nothing to us.
  private static final Pattern BEYOND_NANOSECONDS = Pattern.compile("(\\.[0-9]{9})[0-9]+");

  private TokenFormat() {}

  /** A file that holds no token; the message says why and shows nothing of it. */
  static final class Damaged extends Exception {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
      super(message);
    }
  }

  /** The token in these bytes. */
  static Token decode(byte[] json) throws Damaged {
    ObjectNode object = object(json);
    Token token =
        new Token(
            text(object, "access_token", ""),
            text(object, "token_type", "Bearer"),
            text(object, "refresh_token", null),
            expiry(object.get("expiry")));
    if (token.accessToken().isEmpty() && token.refreshToken() == null) {
      throw new Damaged("it has neither an access_token nor a refresh_token");
    }
    return token;
  }

  /**
   * The token as JSON, together with the fields of the previous content that are not ours.
   *
   * @param previous what the file holds so far, or null
   */
  static byte[] encode(Token token, byte[] previous) {
    ObjectNode object = orEmpty(previous);
    object.remove(CLAIMS);
    object.put("access_token", token.accessToken());
    object.put("token_type", token.tokenType());
    if (token.refreshToken() == null) {
      object.remove("refresh_token");
    } else {
      object.put("refresh_token", token.refreshToken());
    }
    object.put("expiry", token.expiry() == null ? ZERO_TIME : token.expiry().toString());
    return bytes(object);
  }

  /** The previous content with these claims for the next sign-in. */
  static byte[] withClaims(String claims, byte[] previous) {
    return bytes(orEmpty(previous).put(CLAIMS, claims));
  }

  /** The claims for the next sign-in, if there are some. */
  static Optional<String> claims(byte[] json) {
    return Optional.ofNullable(orEmpty(json).get(CLAIMS))
        .map(JsonNode::textValue)
        .filter(ClaimsChallenge::isObject);
  }

  private static ObjectNode orEmpty(byte[] json) {
    try {
      return json == null ? JSON.createObjectNode() : object(json);
    } catch (Damaged e) {
      // Nothing of it can be kept; the new content is what mends the file.
      return JSON.createObjectNode();
    }
  }

  private static byte[] bytes(ObjectNode object) {
    try {
      return JSON.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an object of texts is always JSON");
    }
  }

  private static ObjectNode object(byte[] json) throws Damaged {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the text, which is secret.
      JsonLocation at = e.getLocation();
      throw new Damaged(
          "it is not JSON"
              + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr()));
    } catch (IOException e) {
      throw new Damaged("it is not JSON");
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new Damaged(node == null || node.isMissingNode() ? "it is empty" : "it is no object");
  }

  private static String text(ObjectNode object, String field, String otherwise) throws Damaged {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw new Damaged("its " + field + " is not a text");
    }
    return value.textValue().isEmpty() ? otherwise : value.textValue();
  }

  /**
   * An expiry that cannot be read counts as past: then the token is renewed, which does no harm.
   */
  private static Instant expiry(JsonNode value) {
    if (value == null || value.isNull()) {
      return null;
    }
    try {
      String text = BEYOND_NANOSECONDS.matcher(value.asText()).replaceFirst("$1");
      Instant expiry = OffsetDateTime.parse(text).toInstant();
      return expiry.equals(Instant.parse(ZERO_TIME)) ? null : expiry;
    } catch (DateTimeException e) {
      return Instant.EPOCH;
    }
  }
}
