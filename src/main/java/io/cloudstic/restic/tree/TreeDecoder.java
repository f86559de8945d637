package io.cloudstic.restic.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.RepositoryException;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads the bytes of a tree blob, as tolerantly as restic does: any order of fields, unknown ones
 * skipped, the last of duplicate ones counts, {@code null} leaves a field empty. Names that no tree
 * should hold and files without content come through: what to do with them is for the caller to
 * say.
 */
public final class TreeDecoder {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int MAX_UNKNOWN = 16;

  private final NodeReader nodes;
  private final JsonParser parser;
  private final Set<String> unknown = new TreeSet<>();

  private TreeDecoder(byte[] blob, JsonParser parser) {
    this.parser = parser;
    this.nodes = new NodeReader(blob, parser, this::noteUnknown);
  }

  private void noteUnknown(String field) {
    if (unknown.size() < MAX_UNKNOWN) {
      unknown.add(field);
    }
  }

  /**
   * The whole tree.
   *
   * @throws RepositoryException with exit code 14 when restic could not read it either
   */
  public static Tree decode(byte[] blob) {
    List<Node> nodes = new ArrayList<>();
    Set<String> unknown = forEach(blob, nodes::add);
    return new Tree(nodes, unknown);
  }

  /**
   * Hands each node on as it is read, so that a directory of any size needs no list; returns the
   * names of fields that were skipped, as in {@link Tree#unknownFields}.
   *
   * @throws RepositoryException with exit code 14 when restic could not read it either; nodes read
   *     so far have been handed on
   */
  public static Set<String> forEach(byte[] blob, Consumer<Node> sink) {
    try (JsonParser parser = JSON.createParser(blob)) {
      TreeDecoder decoder = new TreeDecoder(blob, parser);
      decoder.read(sink);
      return decoder.unknown;
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw RepositoryException.damaged("a tree cannot be decoded: " + brief(e), e);
    }
  }

  /** Jackson's messages go on with a copy of the source; the first line says what is wrong. */
  private static String brief(Exception e) {
    String message = String.valueOf(e.getMessage());
    return TerminalText.escape(message.lines().findFirst().orElse(message));
  }

  private void read(Consumer<Node> sink) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedTreeException(parser, "it is not a JSON object");
    }
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (!field.equals("nodes")) {
        noteUnknown(field);
        parser.skipChildren();
      } else if (value == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          sink.accept(nodes.read());
        }
      } else if (value != JsonToken.VALUE_NULL) {
        throw new MalformedTreeException(parser, "its nodes are not a list");
      }
    }
    if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
      throw new MalformedTreeException(parser, "something follows the tree");
    }
  }
}
