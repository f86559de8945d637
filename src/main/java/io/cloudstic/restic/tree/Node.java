package io.cloudstic.restic.tree;

import io.cloudstic.restic.GoTime;
import io.cloudstic.restic.Id;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One entry of a directory. Immutable; made by a {@link Builder}.
 *
 * <p>Fields and their meaning are those of restic's format. Numbers that restic keeps as unsigned
 * 64 bits ({@link #inode}, {@link #deviceId}, {@link #device}, {@link #size}, {@link #links}) are
 * longs to be read with {@link Long#toUnsignedString(long)} and its companions; {@link #mode},
 * {@link #uid} and {@link #gid} are unsigned 32 bits in a long.
 */
public final class Node {
  private final NodeName name;
  private final String typeWord;
  private final long mode;
  private final OffsetDateTime mtime;
  private final OffsetDateTime atime;
  private final OffsetDateTime ctime;
  private final long uid;
  private final long gid;
  private final String user;
  private final String group;
  private final long inode;
  private final long deviceId;
  private final long size;
  private final long links;
  private final byte[] linkTarget;
  private final List<ExtendedAttribute> extendedAttributes;
  private final Map<String, String> genericAttributes;
  private final long device;
  private final List<Id> content;
  private final Id subtree;
  private final String error;

  private Node(Builder b) {
    name = b.name;
    typeWord = b.typeWord;
    mode = b.mode;
    mtime = b.mtime;
    atime = b.atime;
    ctime = b.ctime;
    uid = b.uid;
    gid = b.gid;
    user = b.user;
    group = b.group;
    inode = b.inode;
    deviceId = b.deviceId;
    size = b.size;
    links = b.links;
    linkTarget = b.linkTarget;
    extendedAttributes = b.extendedAttributes;
    genericAttributes = b.genericAttributes;
    device = b.device;
    content = b.content;
    subtree = b.subtree;
    error = b.error;
  }

  /** A node of this name and type, without content; times are {@link GoTime#ZERO} until set. */
  public static Builder builder(NodeName name, NodeType type) {
    return new Builder().name(name).typeWord(type.word());
  }

  /** A file with this content: blob ids in order, none for an empty file. */
  public static Builder file(NodeName name, List<Id> content) {
    return builder(name, NodeType.FILE).content(content);
  }

  /** A directory whose entries are that tree. */
  public static Builder directory(NodeName name, Id subtree) {
    return builder(name, NodeType.DIR).subtree(subtree);
  }

  /** A builder that begins with all that this node holds. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** The name; a tree that is read may hold one that {@link NodeName#isValid} refuses. */
  public NodeName name() {
    return name;
  }

  /** What it is. */
  public NodeType type() {
    return NodeType.of(typeWord);
  }

  /** The type as the tree writes it, also where {@link #type} is unknown. */
  public String typeWord() {
    return typeWord;
  }

  /** The bits of {@link FileMode}, unsigned 32 bits. */
  public long mode() {
    return mode;
  }

  /** Last change of the content. */
  public OffsetDateTime mtime() {
    return mtime;
  }

  /** Last access. */
  public OffsetDateTime atime() {
    return atime;
  }

  /** Last change of the metadata. */
  public OffsetDateTime ctime() {
    return ctime;
  }

  /** Number of the owner. */
  public long uid() {
    return uid;
  }

  /** Number of the group. */
  public long gid() {
    return gid;
  }

  /** Name of the owner, or empty. */
  public String user() {
    return user;
  }

  /** Name of the group, or empty. */
  public String group() {
    return group;
  }

  /** Number of the file in its file system, unsigned; 0 where unknown. */
  public long inode() {
    return inode;
  }

  /** Number of the file system, unsigned; 0 where unknown. */
  public long deviceId() {
    return deviceId;
  }

  /** Length of a file in bytes, unsigned. */
  public long size() {
    return size;
  }

  /** Number of names that the file has, unsigned; above 1 it is a hard link. */
  public long links() {
    return links;
  }

  /** Where a symbolic link points: raw bytes, a copy; empty for everything else. */
  public byte[] linkTarget() {
    return linkTarget.clone();
  }

  /** Extended attributes in the order of the tree. */
  public List<ExtendedAttribute> extendedAttributes() {
    return extendedAttributes;
  }

  /** Attributes of other systems by name ({@code windows.…}); the values are JSON. */
  public Map<String, String> genericAttributes() {
    return genericAttributes;
  }

  /** Number of the device that a device node stands for, unsigned. */
  public long device() {
    return device;
  }

  /** The blobs of a file in order; null for everything else, and in a damaged tree for a file. */
  public List<Id> content() {
    return content;
  }

  /** The tree of a directory; null for everything else, and in a damaged tree for a directory. */
  public Id subtree() {
    return subtree;
  }

  /** What went wrong when the node was made, or empty. */
  public String error() {
    return error;
  }

  /** The raw target without a copy, for the encoder. */
  byte[] rawLinkTarget() {
    return linkTarget;
  }

  /** Whether both would be written as the same bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Node that
        && Arrays.equals(TreeEncoder.encode(this), TreeEncoder.encode(that));
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return typeWord + " " + name;
  }

  /** Collects the fields of a node. Not thread-safe. */
  public static final class Builder {
    private NodeName name;
    private String typeWord = "";
    private long mode;
    private OffsetDateTime mtime = GoTime.ZERO;
    private OffsetDateTime atime = GoTime.ZERO;
    private OffsetDateTime ctime = GoTime.ZERO;
    private long uid;
    private long gid;
    private String user = "";
    private String group = "";
    private long inode;
    private long deviceId;
    private long size;
    private long links;
    private byte[] linkTarget = {};
    private List<ExtendedAttribute> extendedAttributes = List.of();
    private Map<String, String> genericAttributes = Map.of();
    private long device;
    private List<Id> content;
    private Id subtree;
    private String error = "";

    Builder() {}

    private Builder(Node n) {
      name = n.name;
      typeWord = n.typeWord;
      mode = n.mode;
      mtime = n.mtime;
      atime = n.atime;
      ctime = n.ctime;
      uid = n.uid;
      gid = n.gid;
      user = n.user;
      group = n.group;
      inode = n.inode;
      deviceId = n.deviceId;
      size = n.size;
      links = n.links;
      linkTarget = n.linkTarget;
      extendedAttributes = n.extendedAttributes;
      genericAttributes = n.genericAttributes;
      device = n.device;
      content = n.content;
      subtree = n.subtree;
      error = n.error;
    }

    /** The name. */
    public Builder name(NodeName value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    Builder typeWord(String value) {
      typeWord = value;
      return this;
    }

    /** The bits of {@link FileMode}; only the low 32 count. */
    public Builder mode(long value) {
      mode = value & 0xffff_ffffL;
      return this;
    }

    /** Last change of the content. */
    public Builder mtime(OffsetDateTime value) {
      mtime = Objects.requireNonNull(value, "mtime");
      return this;
    }

    /** Last access. */
    public Builder atime(OffsetDateTime value) {
      atime = Objects.requireNonNull(value, "atime");
      return this;
    }

    /** Last change of the metadata. */
    public Builder ctime(OffsetDateTime value) {
      ctime = Objects.requireNonNull(value, "ctime");
      return this;
    }

    /** One time, in UTC, for all three. */
    public Builder times(Instant value) {
      OffsetDateTime utc = value.atOffset(ZoneOffset.UTC);
      return mtime(utc).atime(utc).ctime(utc);
    }

    /** Numbers of the owner and the group; only the low 32 bits count. */
    public Builder owner(long ownerId, long groupId) {
      uid = ownerId & 0xffff_ffffL;
      gid = groupId & 0xffff_ffffL;
      return this;
    }

    /** Names of the owner and the group, empty where unknown. */
    public Builder ownerNames(String ownerName, String groupName) {
      user = Objects.requireNonNull(ownerName, "user");
      group = Objects.requireNonNull(groupName, "group");
      return this;
    }

    Builder uid(long value) {
      uid = value;
      return this;
    }

    Builder gid(long value) {
      gid = value;
      return this;
    }

    Builder user(String value) {
      user = value;
      return this;
    }

    Builder group(String value) {
      group = value;
      return this;
    }

    /** Number of the file in its file system. */
    public Builder inode(long value) {
      inode = value;
      return this;
    }

    /** Number of the file system. */
    public Builder deviceId(long value) {
      deviceId = value;
      return this;
    }

    /** Length of a file in bytes. */
    public Builder size(long value) {
      size = value;
      return this;
    }

    /** Number of names that the file has. */
    public Builder links(long value) {
      links = value;
      return this;
    }

    /** Where a symbolic link points: raw bytes, copied. */
    public Builder linkTarget(byte[] value) {
      linkTarget = value.clone();
      return this;
    }

    /** Where a symbolic link points. */
    public Builder linkTarget(String value) {
      return linkTarget(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Extended attributes; copied. */
    public Builder extendedAttributes(List<ExtendedAttribute> value) {
      extendedAttributes = List.copyOf(value);
      return this;
    }

    /** Attributes of other systems; the values are JSON. Copied. */
    public Builder genericAttributes(Map<String, String> value) {
      genericAttributes = Collections.unmodifiableMap(new LinkedHashMap<>(value));
      return this;
    }

    /** Number of the device that a device node stands for. */
    public Builder device(long value) {
      device = value;
      return this;
    }

    /** The blobs of a file in order, copied; null for everything else. */
    public Builder content(List<Id> value) {
      content = value == null ? null : List.copyOf(value);
      return this;
    }

    /** The tree of a directory. */
    public Builder subtree(Id value) {
      subtree = value;
      return this;
    }

    /** What went wrong when the node was made, or empty. */
    public Builder error(String value) {
      error = Objects.requireNonNull(value, "error");
      return this;
    }

    /** The node. */
    public Node build() {
      Objects.requireNonNull(name, "name");
      return new Node(this);
    }
  }
}
