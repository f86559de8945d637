package io.cloudstic.restic.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.restic.Id;
import io.cloudstic.restic.UnknownFields;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A snapshot: the tree of a root directory, and where it came from. Immutable. */
public final class Snapshot {
  /** The field that holds what restic has no field for; {@code tag} and {@code copy} drop it. */
  private static final String CLOUDSTIC = "cloudstic";

  private final Id id;
  private final OffsetDateTime time;
  private final Id parent;
  private final Id tree;
  private final List<String> paths;
  private final String hostname;
  private final String username;
  private final long uid;
  private final long gid;
  private final List<String> excludes;
  private final List<String> tags;
  private final Id original;
  private final String programVersion;
  private final SnapshotSummary summary;
  private final UnknownFields others;

  private Snapshot(Builder from, Id id) {
    this.id = id;
    this.time = Objects.requireNonNull(from.time, "a snapshot has a time");
    this.parent = from.parent;
    this.tree = Objects.requireNonNull(from.tree, "a snapshot has a tree");
    this.paths = from.paths;
    this.hostname = from.hostname;
    this.username = from.username;
    this.uid = from.uid;
    this.gid = from.gid;
    this.excludes = from.excludes;
    this.tags = from.tags;
    this.original = from.original;
    this.programVersion = from.programVersion;
    this.summary = from.summary;
    this.others = from.others;
  }

  /**
   * Its name.
   *
   * @throws IllegalStateException when it was not stored yet
   */
  public Id id() {
    if (id == null) {
      throw new IllegalStateException("the snapshot is not stored yet");
    }
    return id;
  }

  /** When it was taken; its own offset decides its day and week. */
  public OffsetDateTime time() {
    return time;
  }

  /** The snapshot that it was compared with; it may be gone. */
  public Optional<Id> parent() {
    return Optional.ofNullable(parent);
  }

  /** The root directory. */
  public Id tree() {
    return tree;
  }

  /** What was backed up. */
  public List<String> paths() {
    return paths;
  }

  /** Where from; empty when not said. */
  public String hostname() {
    return hostname;
  }

  /** Who made it; empty when not said. */
  public String username() {
    return username;
  }

  /** The number of the user, 0 when not said. */
  public long uid() {
    return uid;
  }

  /** The number of the group, 0 when not said. */
  public long gid() {
    return gid;
  }

  /** The patterns that were left out, for information. */
  public List<String> excludes() {
    return excludes;
  }

  /** Its tags. */
  public List<String> tags() {
    return tags;
  }

  /** The first form of this snapshot, if it was rewritten. */
  public Optional<Id> original() {
    return Optional.ofNullable(original);
  }

  /** The program that made it; empty when not said. */
  public String programVersion() {
    return programVersion;
  }

  /** What the run did. */
  public Optional<SnapshotSummary> summary() {
    return Optional.ofNullable(summary);
  }

  /** Our own field, parsed anew on each call; empty in snapshots of other programs. */
  public Optional<JsonNode> cloudstic() {
    return others.get(CLOUDSTIC).map(Snapshot::parse);
  }

  /** The fields without a name here, {@code cloudstic} among them. */
  public UnknownFields others() {
    return others;
  }

  private static JsonNode parse(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("it was JSON when it was read", e);
    }
  }

  /** The same under the name that it was stored with. */
  Snapshot withId(Id stored) {
    return new Snapshot(toBuilder(), stored);
  }

  /** A builder with nothing set. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder with everything of this one but its id. */
  public Builder toBuilder() {
    return new Builder()
        .time(time)
        .parent(parent)
        .tree(tree)
        .paths(paths)
        .hostname(hostname)
        .username(username)
        .owner(uid, gid)
        .excludes(excludes)
        .tags(tags)
        .original(original)
        .programVersion(programVersion)
        .summary(summary)
        .others(others);
  }

  /** Makes snapshots; a time and a tree are required. Not thread-safe. */
  public static final class Builder {
    private OffsetDateTime time;
    private Id parent;
    private Id tree;
    private List<String> paths = List.of();
    private String hostname = "";
    private String username = "";
    private long uid;
    private long gid;
    private List<String> excludes = List.of();
    private List<String> tags = List.of();
    private Id original;
    private String programVersion = "";
    private SnapshotSummary summary;
    private UnknownFields others = UnknownFields.NONE;

    private Builder() {}

    /** When it is taken. */
    public Builder time(OffsetDateTime value) {
      time = value;
      return this;
    }

    /** The snapshot that it was compared with, or null. */
    public Builder parent(Id value) {
      parent = value;
      return this;
    }

    /** The root directory. */
    public Builder tree(Id value) {
      tree = value;
      return this;
    }

    /** What was backed up. */
    public Builder paths(List<String> value) {
      paths = List.copyOf(value);
      return this;
    }

    /** Where from. */
    public Builder hostname(String value) {
      hostname = Objects.requireNonNull(value);
      return this;
    }

    /** Who makes it. */
    public Builder username(String value) {
      username = Objects.requireNonNull(value);
      return this;
    }

    /** The numbers of user and group; 0 for none. */
    public Builder owner(long newUid, long newGid) {
      uid = newUid;
      gid = newGid;
      return this;
    }

    /** The patterns that were left out. */
    public Builder excludes(List<String> value) {
      excludes = List.copyOf(value);
      return this;
    }

    /** Its tags, without commas. */
    public Builder tags(List<String> value) {
      tags = List.copyOf(value);
      return this;
    }

    /** The first form of this snapshot, or null. */
    public Builder original(Id value) {
      original = value;
      return this;
    }

    /** The program that makes it. */
    public Builder programVersion(String value) {
      programVersion = Objects.requireNonNull(value);
      return this;
    }

    /** What the run did, or null. */
    public Builder summary(SnapshotSummary value) {
      summary = value;
      return this;
    }

    /** Fields without a name here. */
    public Builder others(UnknownFields value) {
      others = value;
      return this;
    }

    /** Our own field. */
    public Builder cloudstic(JsonNode value) {
      others = others.with(CLOUDSTIC, value.toString());
      return this;
    }

    /** The snapshot, which has no id until it is stored. */
    public Snapshot build() {
      return new Snapshot(this, null);
    }
  }
}
