package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;

/** Tolerant reading of streamed JSON: values of an unexpected type are skipped. Stateless. */
final class Json {
  // Field names come from outside: neither interned nor kept for ever.
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private Json() {}

  /** What is done with a field; it must read or skip the value, which the parser stands on. */
  interface FieldReader {
    void read(String field) throws IOException;
  }

  /**
   * Reads a document that must be one object, to the end of the stream.
   *
   * @throws BadReplyException when it is anything else, or is cut
   * @throws IOException when the stream breaks
   */
  static void document(InputStream in, DocumentReader reader) throws IOException {
    try (JsonParser json = FACTORY.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadReplyException("the answer is not a JSON object");
      }
      fields(json, field -> reader.read(json, field));
      if (json.nextToken() != null) {
        throw new BadReplyException("the answer goes on after its end");
      }
    } catch (JsonProcessingException e) {
      // The original is left out: its message quotes the answer, which holds download URLs.
      throw new BadReplyException("the answer is not JSON, or was cut in the middle");
    }
  }

  /** What is done with a field of a document. */
  interface DocumentReader {
    void read(JsonParser json, String field) throws IOException;
  }

  /** Reads the fields of an object; anything else is skipped. */
  static void fields(JsonParser json, FieldReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String field = json.currentName();
      json.nextToken();
      reader.read(field);
    }
  }

  /** Whether there is a value other than null. */
  static boolean present(JsonParser json) {
    return json.currentToken() != JsonToken.VALUE_NULL;
  }

  /** A text, or a scalar as text; null for anything else. */
  static String text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue() && present(json)) {
      return json.getText();
    }
    json.skipChildren();
    return null;
  }

  /** A whole number from 0 on, or -1 for anything else. */
  static long number(JsonParser json) throws IOException {
    String text = text(json);
    try {
      return text == null ? -1 : Math.max(-1, Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
