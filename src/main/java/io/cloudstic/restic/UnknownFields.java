package io.cloudstic.restic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a JSON object that we have no name for, kept as they are so that rewriting the
 * object loses nothing that other programs wrote. Immutable.
 */
public final class UnknownFields {
  /** No fields. */
  public static final UnknownFields NONE = new UnknownFields(Map.of());

  private final Map<String, String> raw;

  private UnknownFields(Map<String, String> raw) {
    this.raw = raw;
  }

  /** The raw JSON of a field, or empty when it is not there. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(raw.get(name));
  }

  /**
   * These and one more, in place of one of the same name.
   *
   * @param json its value; escaped anew as Go would
   * @throws IllegalArgumentException when it is not JSON
   */
  public UnknownFields with(String name, String json) {
    Collector all = new Collector();
    all.raw.putAll(raw);
    try (JsonParser parser = GoJson.parse(json.getBytes(StandardCharsets.UTF_8))) {
      parser.nextToken();
      all.keep(name, parser);
    } catch (IOException e) {
      throw new IllegalArgumentException("the field " + name + " is not JSON", e);
    }
    return all.collected();
  }

  /** Writes them into the object that the generator is in. */
  public void writeTo(JsonGenerator json) throws IOException {
    for (Map.Entry<String, String> field : raw.entrySet()) {
      json.writeFieldName(field.getKey());
      json.writeRawValue(field.getValue());
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnknownFields fields && raw.equals(fields.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return raw.keySet().toString();
  }

  /** Collects fields while an object is read. Not thread-safe. */
  public static final class Collector {
    private final Map<String, String> raw = new LinkedHashMap<>();

    /** Keeps the value that the parser stands on, and moves to its end. */
    public void keep(String name, JsonParser json) throws IOException {
      byte[] copy = GoJson.write(out -> out.copyCurrentStructure(json));
      raw.put(name, new String(copy, StandardCharsets.UTF_8));
    }

    /** What was kept. */
    public UnknownFields collected() {
      return raw.isEmpty() ? NONE : new UnknownFields(Collections.unmodifiableMap(raw));
    }
  }
}
