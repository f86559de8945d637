package io.cloudstic.onedrive.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudstic.onedrive.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a node of a snapshot carries of its drive item in the extended attribute {@link #ATTRIBUTE}:
 * a JSON object of at most {@link #MAX_BYTES} bytes with short keys. Readers ignore keys that they
 * do not know.
 *
 * @param id {@code id}: item id as received
 * @param givenName {@code n}: the name at Graph, where the node's name is another; else null
 * @param eTag {@code e}
 * @param cTag {@code c}
 * @param hashes {@code q} quickXorHash, {@code s1} SHA-1, {@code s2} SHA-256
 * @param size {@code z}: the size that Graph gives where the node's size is another; else -1
 * @param created {@code b}: creation time (ISO 8601)
 * @param mimeType {@code m}
 * @param modifiedBy {@code w}: who changed it last
 * @param mark {@code k}: how the content was checked; null for folders; {@code h} is left out
 * @param stale {@code old}: the content is an earlier version, the current one could not be read
 */
public record ItemFacts(
    String id,
    String givenName,
    String eTag,
    String cTag,
    Hashes hashes,
    long size,
    Instant created,
    String mimeType,
    String modifiedBy,
    Mark mark,
    boolean stale) {
  /** The name of the extended attribute. */
  public static final String ATTRIBUTE = "user.cloudstic";

  /** All attributes of a node should stay well below what file systems accept. */
  public static final int MAX_BYTES = 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The attribute's value; what matters least is left out when it would get too long. */
  public byte[] toJson() {
    byte[] all = encode(mimeType, modifiedBy, givenName, eTag);
    if (all.length > MAX_BYTES) {
      all = encode(null, null, givenName, eTag);
    }
    if (all.length > MAX_BYTES) {
      all = encode(null, null, null, null);
    }
    // An id or cTag of absurd length: better no facts than a node that cannot be restored.
    return all.length > MAX_BYTES ? "{}".getBytes(StandardCharsets.UTF_8) : all;
  }

  /** The facts in an attribute's value; null when it is none of ours or holds no item id. */
  public static ItemFacts fromJson(byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      String id = text(json, "id");
      if (id == null) {
        return null;
      }
      String letter = text(json, "k");
      return new ItemFacts(
          id,
          text(json, "n"),
          text(json, "e"),
          text(json, "c"),
          new Hashes(text(json, "q"), text(json, "s1"), text(json, "s2")),
          json.path("z").asLong(-1),
          Times.parse(text(json, "b")),
          text(json, "m"),
          text(json, "w"),
          letter == null ? Mark.HASH : Mark.of(letter.charAt(0)),
          json.path("old").asBoolean(false));
    } catch (IOException notJson) {
      return null;
    }
  }

  /** The same of content that is not the current one any more: it is to be fetched again. */
  public ItemFacts asEarlierVersion() {
    return new ItemFacts(
        id, givenName, eTag, cTag, hashes, size, created, mimeType, modifiedBy, mark, true);
  }

  private byte[] encode(String mime, String who, String given, String tag) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id);
    put(json, "n", given);
    put(json, "e", tag);
    put(json, "c", cTag);
    put(json, "q", hashes.quickXor());
    put(json, "s1", hashes.sha1());
    put(json, "s2", hashes.sha256());
    if (size >= 0) {
      json.put("z", size);
    }
    put(json, "b", created == null ? null : created.toString());
    put(json, "m", mime);
    put(json, "w", who);
    if (mark != null && mark != Mark.HASH) {
      json.put("k", String.valueOf(mark.letter()));
    }
    if (stale) {
      json.put("old", true);
    }
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of texts and numbers can be written", e);
    }
  }

  private static void put(ObjectNode json, String key, String value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static String text(JsonNode json, String key) {
    JsonNode value = json.get(key);
    return value == null || !value.isTextual() || value.textValue().isEmpty()
        ? null
        : value.textValue();
  }
}
