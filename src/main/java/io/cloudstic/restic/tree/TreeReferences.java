package io.cloudstic.restic.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.RepositoryException;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads of a tree blob only what it refers to, which is all that a search for used blobs needs, and
 * several times faster than to decode its nodes.
 */
public final class TreeReferences {
  private static final JsonFactory JSON = new JsonFactory();

  private TreeReferences() {}

  /**
   * Gives every subtree and every piece of content to the sinks, whatever the type of the node that
   * names it, in the order of the blob; the same may come several times.
   *
   * @throws RepositoryException with exit code 14 when it is not a tree; what came before has been
   *     handed on
   */
  public static void read(byte[] blob, Consumer<Id> subtrees, Consumer<Id> contents) {
    try (JsonParser json = JSON.createParser(blob)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "it is not a JSON object");
      for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (!field.equals("nodes") || value == JsonToken.VALUE_NULL) {
          json.skipChildren();
          continue;
        }
        require(value == JsonToken.START_ARRAY, "its nodes are not a list");
        while (json.nextToken() != JsonToken.END_ARRAY) {
          readNode(json, subtrees, contents);
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "it ends early");
    } catch (IOException | IllegalArgumentException e) {
      throw RepositoryException.damaged("a tree cannot be decoded", e);
    }
  }

  private static void readNode(JsonParser json, Consumer<Id> subtrees, Consumer<Id> contents)
      throws IOException {
    require(json.currentToken() == JsonToken.START_OBJECT, "a node is not a JSON object");
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (field) {
        case "subtree" -> subtrees.accept(Id.parse(json.getText()));
        case "content" -> {
          require(value == JsonToken.START_ARRAY, "a content is not a list");
          while (json.nextToken() != JsonToken.END_ARRAY) {
            contents.accept(Id.parse(json.getText()));
          }
        }
        default -> json.skipChildren();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT, "it ends early");
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException(otherwise);
    }
  }
}
