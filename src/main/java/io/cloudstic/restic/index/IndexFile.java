package io.cloudstic.restic.index;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.BlobType;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.pack.PackedBlob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The JSON of an index file, read and written as a stream: {@code
 * {"packs":[{"id":…,"blobs":[{"id","type","offset","length","uncompressed_length"}]}]}}.
 *
 * <p>Unknown fields and {@code null} are skipped: {@code supersedes} of old restic versions, and
 * rustic's {@code packs_to_delete}, whose packs are on their way out and not to be relied upon.
 */
public final class IndexFile {
  private static final JsonFactory JSON = new JsonFactory();

  private IndexFile() {}

  /** The JSON of these packs. */
  public static byte[] encode(Collection<IndexedPack> packs) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 * 1024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeArrayFieldStart("packs");
      for (IndexedPack pack : packs) {
        write(json, pack);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, IndexedPack pack) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", pack.id().hex());
    json.writeArrayFieldStart("blobs");
    for (PackedBlob blob : pack.blobs()) {
      json.writeStartObject();
      json.writeStringField("id", blob.id().hex());
      json.writeStringField("type", blob.type().word());
      json.writeNumberField("offset", blob.offset());
      json.writeNumberField("length", blob.length());
      if (blob.isCompressed()) {
        json.writeNumberField("uncompressed_length", blob.uncompressedLength());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads the packs one by one.
   *
   * @param text the JSON
   * @throws IOException when it is not the JSON of an index; some packs may have been given to the
   *     sink by then
   * @throws OldIndexException when it has the form of restic before 0.2
   */
  public static void decode(byte[] text, Consumer<IndexedPack> sink) throws IOException {
    try (JsonParser json = JSON.createParser(text)) {
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        throw new OldIndexException();
      }
      if (first != JsonToken.START_OBJECT) {
        throw new IOException("not a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean packs = json.currentName().equals("packs");
        if (json.nextToken() == JsonToken.START_ARRAY && packs) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            sink.accept(readPack(json));
          }
        } else {
          json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("the JSON ends early");
      }
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static IndexedPack readPack(JsonParser json) throws IOException {
    Id id = null;
    List<PackedBlob> blobs = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("id")) {
        id = Id.parse(json.getText());
      } else if (name.equals("blobs") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.START_OBJECT) {
          blobs.add(readBlob(json));
        }
      } else {
        json.skipChildren();
      }
    }
    if (id == null) {
      throw new IOException("a pack without id");
    }
    return new IndexedPack(id, blobs);
  }

  private static PackedBlob readBlob(JsonParser json) throws IOException {
    Id id = null;
    BlobType type = null;
    long offset = 0;
    long length = 0;
    long uncompressed = 0;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (json.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "id" -> id = Id.parse(json.getText());
        case "type" -> type = readType(json.getText());
        case "offset" -> offset = json.getLongValue();
        case "length" -> length = json.getLongValue();
        case "uncompressed_length" -> uncompressed = json.getLongValue();
        default -> json.skipChildren();
      }
    }
    if (id == null || type == null) {
      throw new IOException("a blob without id or type");
    }
    return new PackedBlob(type, id, offset, length, uncompressed);
  }

  private static BlobType readType(String word) throws IOException {
    return switch (word) {
      case "data" -> BlobType.DATA;
      case "tree" -> BlobType.TREE;
      default -> throw new IOException("a blob of the unknown type " + word);
    };
  }
}
