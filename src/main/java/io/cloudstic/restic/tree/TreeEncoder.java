package io.cloudstic.restic.tree;

import io.cloudstic.restic.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes one directory as the bytes of a tree blob, as restic writes them: fields in its order,
 * empty ones left out, nodes sorted by the bytes of their names, a newline at the end. Equal nodes
 * give equal bytes, whatever the order in which they were added. Not thread-safe.
 */
public final class TreeEncoder {
  private static final int USUAL_NODE = 400;
  private static final String EMPTY = "{\"nodes\":[]}\n";

  private final List<Node> nodes = new ArrayList<>();

  /**
   * Adds a node, in any order.
   *
   * @throws IllegalArgumentException when no tree may hold such a name
   */
  public TreeEncoder add(Node node) {
    if (!node.name().isValid()) {
      throw new IllegalArgumentException("a tree cannot hold the name \"" + node.name() + "\"");
    }
    nodes.add(node);
    return this;
  }

  /**
   * The bytes of the tree blob of all nodes added.
   *
   * @throws IllegalArgumentException when two of them have the same name
   */
  public byte[] encode() {
    if (nodes.isEmpty()) {
      return EMPTY.getBytes(StandardCharsets.US_ASCII);
    }
    nodes.sort(Comparator.comparing(Node::name));
    JsonBytes json = new JsonBytes(Math.multiplyExact(USUAL_NODE, Math.min(nodes.size(), 1 << 20)));
    json.raw("{\"nodes\":[");
    NodeName previous = null;
    for (Node node : nodes) {
      if (node.name().equals(previous)) {
        throw new IllegalArgumentException("a tree holds a name once: \"" + previous + "\"");
      }
      if (previous != null) {
        json.raw(',');
      }
      write(node, json);
      previous = node.name();
    }
    return json.raw("]}\n").toBytes();
  }

  /** The bytes of the tree blob of these nodes, in any order. */
  public static byte[] encode(Collection<Node> nodes) {
    TreeEncoder encoder = new TreeEncoder();
    nodes.forEach(encoder::add);
    return encoder.encode();
  }

  /** The bytes of a single node, without a tree around it. */
  static byte[] encode(Node node) {
    JsonBytes json = new JsonBytes(USUAL_NODE);
    write(node, json);
    return json.toBytes();
  }

  private static void write(Node node, JsonBytes json) {
    json.raw("{\"name\":").name(node.name());
    json.raw(",\"type\":").string(node.typeWord());
    number(json, ",\"mode\":", node.mode());
    json.raw(",\"mtime\":").time(node.mtime());
    json.raw(",\"atime\":").time(node.atime());
    json.raw(",\"ctime\":").time(node.ctime());
    json.raw(",\"uid\":").unsigned(node.uid());
    json.raw(",\"gid\":").unsigned(node.gid());
    text(json, ",\"user\":", node.user());
    text(json, ",\"group\":", node.group());
    number(json, ",\"inode\":", node.inode());
    number(json, ",\"device_id\":", node.deviceId());
    number(json, ",\"size\":", node.size());
    number(json, ",\"links\":", node.links());
    linkTarget(json, node.rawLinkTarget());
    extendedAttributes(json, node.extendedAttributes());
    genericAttributes(json, node.genericAttributes());
    number(json, ",\"device\":", node.device());
    content(json, node.content());
    if (node.subtree() != null) {
      json.raw(",\"subtree\":").id(node.subtree());
    }
    text(json, ",\"error\":", node.error());
    json.raw('}');
  }

  private static void number(JsonBytes json, String key, long value) {
    if (value != 0) {
      json.raw(key).unsigned(value);
    }
  }

  private static void text(JsonBytes json, String key, String value) {
    if (!value.isEmpty()) {
      json.raw(key).string(value);
    }
  }

  private static void linkTarget(JsonBytes json, byte[] target) {
    if (target.length > 0) {
      json.raw(",\"linktarget\":").string(target);
      if (!Utf8.isValid(target)) {
        json.raw(",\"linktarget_raw\":").base64(target);
      }
    }
  }

  private static void extendedAttributes(JsonBytes json, List<ExtendedAttribute> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    json.raw(",\"extended_attributes\":[");
    for (int i = 0; i < attributes.size(); i++) {
      ExtendedAttribute attribute = attributes.get(i);
      json.raw(i == 0 ? "{\"name\":" : ",{\"name\":").string(attribute.name());
      json.raw(",\"value\":");
      if (attribute.value() == null) {
        json.raw("null}");
      } else {
        json.base64(attribute.value()).raw('}');
      }
    }
    json.raw(']');
  }

  private static void genericAttributes(JsonBytes json, Map<String, String> attributes) {
    if (attributes.isEmpty()) {
      return;
    }
    json.raw(",\"generic_attributes\":");
    char before = '{';
    // Go sorts the keys of a map by their bytes.
    List<NodeName> keys = attributes.keySet().stream().map(NodeName::of).sorted().toList();
    for (NodeName key : keys) {
      json.raw(before).string(key.text()).raw(':');
      json.compact(attributes.get(key.text()).getBytes(StandardCharsets.UTF_8));
      before = ',';
    }
    json.raw('}');
  }

  private static void content(JsonBytes json, List<Id> content) {
    if (content == null) {
      json.raw(",\"content\":null");
      return;
    }
    json.raw(",\"content\":[");
    for (int i = 0; i < content.size(); i++) {
      if (i > 0) {
        json.raw(',');
      }
      json.id(content.get(i));
    }
    json.raw(']');
  }
}
