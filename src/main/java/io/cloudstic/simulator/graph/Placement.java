package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.Content;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.wire.Reply;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where content that a client sends will stand, and what becomes of a file that stands there.
 * Immutable.
 */
public final class Placement {
  /** What to do about a file of the same name. */
  enum Conflict {
    FAIL,
    REPLACE,
    RENAME;

    static Conflict of(String word) {
      return switch (word == null ? "" : word) {
        case "fail" -> FAIL;
        case "rename" -> RENAME;
        default -> REPLACE;
      };
    }
  }

  private final DriveModel drive;
  private final Item parent;
  private final String name;
  private final Conflict conflict;
  private final Instant created;
  private final Instant modified;
  private final Errors errors;
  private final Function<Item, byte[]> json;

  Placement(
      DriveModel drive,
      Item parent,
      String name,
      Conflict conflict,
      Instant created,
      Instant modified,
      Errors errors,
      Function<Item, byte[]> json) {
    this.drive = drive;
    this.parent = parent;
    this.name = name;
    this.conflict = conflict;
    this.created = created;
    this.modified = modified;
    this.errors = errors;
    this.json = json;
  }

  /** The refusal that the present state of the drive brings, if any. */
  Optional<Reply> refusal() {
    if (parent.isDeleted() || !parent.isFolder()) {
      return Optional.of(errors.itemNotFound());
    }
    Optional<Item> there = drive.child(parent, name);
    boolean taken = there.isPresent() && conflict == Conflict.FAIL;
    boolean folder = there.isPresent() && conflict == Conflict.REPLACE && !there.get().isFile();
    return taken || folder
        ? Optional.of(
            errors.reply(409, "nameAlreadyExists", "An item with the same name already exists."))
        : Optional.empty();
  }

  /** Gives the content its place, and answers with the item. */
  public Reply finish(Content content) {
    return drive.changing(
        () -> {
          Optional<Reply> refused = refusal();
          if (refused.isPresent()) {
            return refused.get();
          }
          if (!drive.hasRoomFor(content.size())) {
            return errors.reply(507, "quotaLimitReached", "The quota of the drive is exceeded.");
          }
          Optional<Item> there = drive.child(parent, name);
          boolean replaced = there.isPresent() && conflict == Conflict.REPLACE;
          Item item = replaced ? there.get() : drive.createFile(parent, freeName(there), content);
          if (replaced) {
            drive.edit(item, content);
          }
          if (created != null || modified != null) {
            drive.setClientTimes(
                item,
                created == null ? item.clientCreated() : created,
                modified == null ? item.clientModified() : modified);
          }
          return Reply.json(replaced ? 200 : 201, json.apply(item));
        });
  }

  private String freeName(Optional<Item> there) {
    if (there.isEmpty()) {
      return name;
    }
    int dot = name.lastIndexOf('.');
    String base = dot > 0 ? name.substring(0, dot) : name;
    String extension = dot > 0 ? name.substring(dot) : "";
    int number = 1;
    while (drive.child(parent, base + " " + number + extension).isPresent()) {
      number++;
    }
    return base + " " + number + extension;
  }

  /** Graph's errors, for the host that takes the bytes. */
  public Reply error(int status, String code, String message) {
    return errors.reply(status, code, message);
  }
}
