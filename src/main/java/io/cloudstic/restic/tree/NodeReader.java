package io.cloudstic.restic.tree;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads one node after the other from a parser that stands at its opening brace. */
final class NodeReader {
  private static final long MAX_UINT32 = 0xffff_ffffL;

  private final byte[] blob;
  private final JsonParser parser;
  private final Consumer<String> unknown;

  NodeReader(byte[] blob, JsonParser parser, Consumer<String> unknown) {
    this.blob = blob;
    this.parser = parser;
    this.unknown = unknown;
  }

  Node read() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("a node is not a JSON object");
    }
    Node.Builder node = new Node.Builder().name(NodeName.owning(new byte[0]));
    byte[] rawTarget = null;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      if (isNull) {
        readNull(field, node);
      } else if (field.equals("linktarget_raw")) {
        rawTarget = base64();
      } else {
        readField(field, node);
      }
    }
    if (rawTarget != null) {
      node.linkTarget(rawTarget);
    }
    return node.build();
  }

  /** As in Go, null empties a list or an id that an earlier duplicate has set, and nothing else. */
  private void readNull(String field, Node.Builder node) {
    switch (field) {
      case "content" -> node.content(null);
      case "subtree" -> node.subtree(null);
      case "extended_attributes" -> node.extendedAttributes(List.of());
      case "generic_attributes" -> node.genericAttributes(Map.of());
      default -> {
        // every other field keeps what it has
      }
    }
  }

  private void readField(String field, Node.Builder node) throws IOException {
    switch (field) {
      case "name" -> node.name(NodeName.owning(GoQuoting.unquote(text())));
      case "type" -> node.typeWord(text());
      case "mode" -> node.mode(uint32());
      case "mtime" -> node.mtime(time());
      case "atime" -> node.atime(time());
      case "ctime" -> node.ctime(time());
      case "uid" -> node.uid(uint32());
      case "gid" -> node.gid(uint32());
      case "user" -> node.user(text());
      case "group" -> node.group(text());
      case "inode" -> node.inode(uint64());
      case "device_id" -> node.deviceId(uint64());
      case "size" -> node.size(uint64());
      case "links" -> node.links(uint64());
      case "linktarget" -> node.linkTarget(Utf8.of(text()));
      case "extended_attributes" -> node.extendedAttributes(extendedAttributes());
      case "generic_attributes" -> node.genericAttributes(genericAttributes());
      case "device" -> node.device(uint64());
      case "content" -> node.content(ids());
      case "subtree" -> node.subtree(id());
      case "error" -> node.error(text());
      default -> {
        unknown.accept(field);
        parser.skipChildren();
      }
    }
  }

  private String text() throws IOException {
    require(JsonToken.VALUE_STRING, "a string");
    return parser.getText();
  }

  private OffsetDateTime time() throws IOException {
    return GoTime.parse(text());
  }

  private Id id() throws IOException {
    return Id.parse(text());
  }

  private byte[] base64() throws IOException {
    return Base64.getDecoder().decode(text());
  }

  private long uint32() throws IOException {
    long value = uint64();
    if (value < 0 || value > MAX_UINT32) {
      throw malformed("a number does not fit 32 bits");
    }
    return value;
  }

  private long uint64() throws IOException {
    require(JsonToken.VALUE_NUMBER_INT, "a whole number");
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value < 0) {
        throw malformed("a number is negative");
      }
      return value;
    }
    BigInteger value = parser.getBigIntegerValue();
    if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
      throw malformed("a number does not fit 64 bits");
    }
    return value.longValue();
  }

  private List<Id> ids() throws IOException {
    require(JsonToken.START_ARRAY, "a list");
    List<Id> ids = new ArrayList<>(1);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      ids.add(id());
    }
    return ids;
  }

  private List<ExtendedAttribute> extendedAttributes() throws IOException {
    require(JsonToken.START_ARRAY, "a list");
    List<ExtendedAttribute> attributes = new ArrayList<>(1);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      attributes.add(extendedAttribute());
    }
    return attributes;
  }

  private ExtendedAttribute extendedAttribute() throws IOException {
    require(JsonToken.START_OBJECT, "an extended attribute");
    String name = "";
    byte[] value = null;
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
      switch (field) {
        case "name" -> name = isNull ? name : text();
        case "value" -> value = isNull ? null : base64();
        default -> {
          unknown.accept("extended_attributes." + field);
          parser.skipChildren();
        }
      }
    }
    return new ExtendedAttribute(name, value);
  }

  private Map<String, String> genericAttributes() throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      parser.nextToken();
      attributes.put(field, rawValue());
    }
    return attributes;
  }

  /** The JSON of the value at hand, as it stands in the blob. */
  private String rawValue() throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(blob, from, to - from, StandardCharsets.UTF_8);
  }

  private void require(JsonToken token, String what) throws IOException {
    if (parser.currentToken() != token) {
      throw malformed("\"" + parser.currentName() + "\" is not " + what);
    }
  }

  private MalformedTreeException malformed(String what) {
    return new MalformedTreeException(parser, what);
  }
}
