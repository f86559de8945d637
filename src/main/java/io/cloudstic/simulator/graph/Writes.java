package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudstic.simulator.drive.BytesContent;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.graph.Placement.Conflict;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Calls that change a drive: new folders, uploads in one request, upload sessions, times, deletion
 * ("Working with files in Microsoft Graph", the pages driveItem: put content, createUploadSession,
 * update, delete, post children). Thread-safe.
 */
final class Writes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory WRITER = new JsonFactory();
  private static final String CONFLICT = "@microsoft.graph.conflictBehavior";
  private static final int LONGEST_NAME = 255;
  private static final Pattern FORBIDDEN = Pattern.compile("[\"*:<>?/\\\\|\\x00-\\x1f]");
  private static final Set<String> RESERVED =
      Set.of(".lock", "con", "prn", "aux", "nul", "desktop.ini");
  private static final Pattern PORT = Pattern.compile("(?:com|lpt)[0-9]");

  private final Errors errors;
  private final UploadUrls uploads;

  Writes(Errors errors, UploadUrls uploads) {
    this.errors = errors;
    this.uploads = uploads;
  }

  /** What kind of call it is, for counting; empty when it only reads. */
  static Optional<String> endpoint(Call call, Address address) {
    return switch (call.method()) {
      case "GET" -> Optional.empty();
      case "POST" ->
          Optional.of(address.relation().equals("children") ? "create-folder" : "upload-session");
      case "PUT" -> Optional.of("upload");
      case "PATCH" -> Optional.of("update");
      default -> Optional.of("delete");
    };
  }

  /**
   * Answers a call.
   *
   * @param start the item that the address begins at
   * @param below finds items by the names after it
   */
  Reply answer(
      Call call, DriveModel drive, Item start, Address address, Below below, ItemJson writer) {
    String what = call.method() + " " + address.relation();
    switch (what) {
      case "PUT content":
      case "POST createUploadSession":
        return upload(call, drive, start, address, below, writer);
      case "POST children":
        return target(start, address.path(), below)
            .map(folder -> createFolder(call, drive, folder, writer))
            .orElseGet(errors::itemNotFound);
      case "PATCH ":
        return target(start, address.path(), below)
            .map(item -> update(call, drive, item, writer))
            .orElseGet(errors::itemNotFound);
      case "DELETE ":
        return target(start, address.path(), below)
            .map(item -> delete(drive, item))
            .orElseGet(errors::itemNotFound);
      default:
        return errors.reply(501, "notSupported", "Not supported: " + what);
    }
  }

  /** Finds an item by names below another. */
  @FunctionalInterface
  interface Below {
    Optional<Item> find(Item start, List<String> path);
  }

  private static Optional<Item> target(Item start, List<String> path, Below below) {
    return below.find(start, path).filter(item -> !item.isDeleted() && !item.has(Trait.VANISHED));
  }

  private Reply upload(
      Call call, DriveModel drive, Item start, Address address, Below below, ItemJson writer) {
    boolean session = call.method().equals("POST");
    List<String> path = address.path();
    Optional<Item> parent;
    String name;
    if (path.isEmpty()) {
      parent = Optional.ofNullable(start.parent());
      name = start.name();
    } else {
      parent = target(start, path.subList(0, path.size() - 1), below);
      name = path.get(path.size() - 1);
    }
    if (parent.isEmpty()) {
      return errors.itemNotFound();
    }
    JsonNode item = session ? body(call).path("item") : JSON.createObjectNode();
    String newName = item.path("name").asText(name);
    if (!isAllowed(newName)) {
      return errors.invalidRequest("The provided name cannot contain any of these characters.");
    }
    String conflict = session ? item.path(CONFLICT).asText(null) : call.query().get(CONFLICT);
    JsonNode times = item.path("fileSystemInfo");
    Placement placement;
    try {
      placement =
          new Placement(
              drive,
              parent.get(),
              newName,
              Conflict.of(conflict),
              time(times.path("createdDateTime")),
              time(times.path("lastModifiedDateTime")),
              errors,
              made -> json(drive, made, writer));
    } catch (DateTimeException e) {
      return errors.invalidRequest("A time stamp is malformed.");
    }
    Optional<Reply> refusal = drive.reading(placement::refusal);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!session) {
      return placement.finish(new BytesContent(call.body()));
    }
    if (!drive.hasRoomFor(item.path("fileSize").asLong(0))) {
      return errors.reply(507, "quotaLimitReached", "The quota of the drive is exceeded.");
    }
    UploadUrls.Opened opened = uploads.open(placement);
    return reply(
        200,
        JSON.createObjectNode()
            .put("uploadUrl", opened.url())
            .put("expirationDateTime", opened.ends().toString())
            .set("nextExpectedRanges", JSON.createArrayNode().add("0-")));
  }

  private Reply createFolder(Call call, DriveModel drive, Item parent, ItemJson writer) {
    JsonNode body = body(call);
    String name = body.path("name").asText("");
    if (!isAllowed(name) || !body.has("folder") || !parent.isFolder()) {
      return errors.invalidRequest("The folder cannot be made like this.");
    }
    return drive.changing(
        () -> {
          if (drive.child(parent, name).isPresent()) {
            return errors.reply(
                409, "nameAlreadyExists", "An item with the same name already exists.");
          }
          Item made = drive.createFolder(parent, name);
          JsonNode times = body.path("fileSystemInfo");
          if (times.has("lastModifiedDateTime")) {
            setTimes(drive, made, times);
          }
          return Reply.json(201, json(drive, made, writer));
        });
  }

  private Reply update(Call call, DriveModel drive, Item item, ItemJson writer) {
    try {
      setTimes(drive, item, body(call).path("fileSystemInfo"));
    } catch (DateTimeException e) {
      return errors.invalidRequest("A time stamp is malformed.");
    }
    return Reply.json(200, json(drive, item, writer));
  }

  private static void setTimes(DriveModel drive, Item item, JsonNode times) {
    Instant created = time(times.path("createdDateTime"));
    Instant modified = time(times.path("lastModifiedDateTime"));
    drive.setClientTimes(
        item,
        created == null ? item.clientCreated() : created,
        modified == null ? item.clientModified() : modified);
  }

  private Reply delete(DriveModel drive, Item item) {
    if (item.isRoot()) {
      return errors.reply(403, "accessDenied", "The root cannot be deleted.");
    }
    drive.delete(item);
    return Reply.empty(204);
  }

  private static boolean isAllowed(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && !FORBIDDEN.matcher(name).find()
        && !name.startsWith(" ")
        && !name.endsWith(" ")
        && !name.endsWith(".")
        && !name.startsWith("~$")
        && !lower.contains("_vti_")
        && !RESERVED.contains(lower)
        && !PORT.matcher(lower).matches();
  }

  private static Instant time(JsonNode text) {
    return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
  }

  private static JsonNode body(Call call) {
    try {
      return call.body().length == 0 ? JSON.createObjectNode() : JSON.readTree(call.body());
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static Reply reply(int status, JsonNode body) {
    try {
      return Reply.json(status, JSON.writeValueAsBytes(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] json(DriveModel drive, Item item, ItemJson writer) {
    return drive.reading(
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          try (JsonGenerator generator = WRITER.createGenerator(out)) {
            writer.write(
                generator,
                item,
                View.TRUE,
                Selection.of(null),
                ItemJson.Place.SINGLE,
                item.version());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return out.toByteArray();
        });
  }
}
