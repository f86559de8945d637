package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.ContentHashes;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Mix;
import io.cloudstic.simulator.drive.Trait;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes one item in the shape of its account type. Call it while the drive is being read. */
final class ItemJson {
  /** What tells where an item is written, and so which of its fields are there. */
  enum Place {
    /** The answer itself. */
    SINGLE,
    /** A page of children. */
    CHILDREN,
    /** A page of a delta feed. */
    DELTA
  }

  private static final String USER_ID = "48d31887-5fad-4d73-a9f5-3c356e68a038";

  private final DriveModel drive;
  private final boolean personal;
  private final FeedShape shape;
  private final DownloadUrls urls;
  private final String owner;

  ItemJson(DriveModel drive, FeedShape shape, DownloadUrls urls, String owner) {
    this.drive = drive;
    this.personal = drive.accountType() == AccountType.PERSONAL;
    this.shape = shape;
    this.urls = urls;
    this.owner = owner;
  }

  /** One entry: an object of the generator. */
  void write(JsonGenerator json, Item item, View view, Selection fields, Place place, long salt)
      throws IOException {
    boolean tombstone = item.isDeleted() != (view == View.REVERSED);
    json.writeStartObject();
    if (place == Place.DELTA) {
      json.writeStringField("@odata.type", "#microsoft.graph.driveItem");
    } else if (!personal && fields.text() != null) {
      json.writeStringField("@odata.etag", eTag(item, view));
    }
    if (fields.has("id")) {
      json.writeStringField("id", spelled(item, salt));
    }
    if (tombstone) {
      tombstone(json, item, fields, salt);
    } else {
      live(json, item, view, fields, place, salt);
    }
    if (shape.has(Quirk.UNKNOWN_FIELDS)) {
      Novelties.ofItem(json, item);
    }
    json.writeEndObject();
  }

  private void tombstone(JsonGenerator json, Item item, Selection fields, long salt)
      throws IOException {
    if (shape.has(Quirk.BARE_TOMBSTONES)) {
      emptyObject(json, fields, "deleted");
      return;
    }
    if (shape.has(Quirk.NONSENSE_TOMBSTONES)) {
      Novelties.nonsenseTombstone(json, fields);
      return;
    }
    if (personal) {
      text(json, fields, "name", item.name());
      text(json, fields, "eTag", eTag(item, View.TRUE));
      text(json, fields, "createdDateTime", item.createdText());
      text(json, fields, "lastModifiedDateTime", item.modifiedText());
    } else if (fields.has("size")) {
      json.writeNumberField("size", 0);
    }
    if (fields.has("parentReference")) {
      parentReference(
          json, item, item.parent(), item.isRoot() ? null : item.parent().id(), salt, false);
    }
    if (fields.has("deleted")) {
      json.writeObjectFieldStart("deleted");
      if (!personal) {
        json.writeStringField("state", "deleted");
      }
      json.writeEndObject();
    }
    emptyObject(json, fields, item.isFolder() ? "folder" : "file");
    if (!personal) {
      emptyObject(json, fields, "fileSystemInfo");
    }
  }

  private void live(
      JsonGenerator json, Item item, View view, Selection fields, Place place, long salt)
      throws IOException {
    boolean bare = item.has(Trait.BARE);
    boolean collection = place != Place.SINGLE;
    if (item.isFile() && !bare && fields.hasDownloadUrl(collection) && hasUrl(item, collection)) {
      json.writeStringField("@microsoft.graph.downloadUrl", urls.of(drive, item));
    }
    text(json, fields, "createdDateTime", item.createdText());
    if (personal || !item.isRoot()) {
      text(json, fields, "eTag", eTag(item, view));
    }
    if (personal || place != Place.DELTA && !item.isFolder()) {
      text(json, fields, "cTag", cTag(item, view));
    }
    text(json, fields, "lastModifiedDateTime", item.modifiedText());
    if (!bare) {
      text(json, fields, "name", view == View.OLD_NAME ? "was " + item.name() : item.name());
    }
    text(json, fields, "webUrl", webUrl(item));
    if (fields.has("size")) {
      boolean none = item.isFolder() && !personal && place == Place.DELTA;
      json.writeNumberField("size", none ? 0 : item.size() + (view == View.OLD_CONTENT ? 1 : 0));
    }
    who(json, fields, "createdBy");
    who(json, fields, "lastModifiedBy");
    if (fields.has("parentReference")) {
      Item parent = view == View.OLD_PLACE ? drive.root() : item.parent();
      String told =
          parent == null || parent != item.parent() || place == Place.CHILDREN
              ? parent == null ? null : parent.id()
              : item.toldParentId(place == Place.DELTA);
      parentReference(json, item, parent, told, salt, shape.parentPaths());
    }
    if (!bare) {
      facets(json, item, view, fields, place);
    }
    if (fields.has("fileSystemInfo")) {
      json.writeObjectFieldStart("fileSystemInfo");
      json.writeStringField("createdDateTime", item.clientCreatedText());
      json.writeStringField("lastModifiedDateTime", item.clientModifiedText());
      json.writeEndObject();
    }
  }

  private void facets(JsonGenerator json, Item item, View view, Selection fields, Place place)
      throws IOException {
    if (item.isRoot()) {
      emptyObject(json, fields, "root");
    }
    if (item.isFolder() && fields.has("folder")) {
      json.writeObjectFieldStart("folder");
      boolean untold = personal && place == Place.DELTA;
      json.writeNumberField("childCount", untold ? 0 : item.childCount());
      json.writeEndObject();
    }
    if (item.isFile() && fields.has("file")) {
      file(json, item, view);
    }
    if (item.packageType() != null && fields.has("package")) {
      json.writeObjectFieldStart("package");
      json.writeStringField("type", item.packageType());
      json.writeEndObject();
    }
    if (item.specialFolder() != null && fields.has("specialFolder")) {
      json.writeObjectFieldStart("specialFolder");
      json.writeStringField("name", item.specialFolder());
      json.writeEndObject();
    }
    if (item.has(Trait.MALWARE) && fields.has("malware")) {
      json.writeObjectFieldStart("malware");
      json.writeStringField("description", "Trojan:Win32/Simulated");
      json.writeEndObject();
    }
    if (item.remoteItemId() != null && fields.has("remoteItem")) {
      remoteItem(json, item);
    }
  }

  private void file(JsonGenerator json, Item item, View view) throws IOException {
    json.writeObjectFieldStart("file");
    json.writeStringField("mimeType", MimeTypes.of(item));
    boolean processing = item.has(Trait.PROCESSING);
    if (processing) {
      json.writeBooleanField("processingMetadata", true);
    }
    json.writeObjectFieldStart("hashes");
    boolean none = processing || item.has(Trait.NO_HASHES) || !personal && item.size() == 0;
    if (!none) {
      ContentHashes hashes = item.hashes(drive.accountType());
      String quick = hashes.quickXor();
      json.writeStringField("quickXorHash", view == View.OLD_CONTENT ? other(quick) : quick);
      if (personal) {
        boolean old = view == View.OLD_CONTENT;
        json.writeStringField("sha1Hash", old ? other(hashes.sha1()) : hashes.sha1());
        json.writeStringField("sha256Hash", old ? other(hashes.sha256()) : hashes.sha256());
      }
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void remoteItem(JsonGenerator json, Item item) throws IOException {
    json.writeObjectFieldStart("remoteItem");
    json.writeStringField("id", item.remoteItemId());
    Item target = item.remote();
    if (target != null) {
      json.writeStringField("name", target.name());
      json.writeNumberField("size", target.size());
      json.writeObjectFieldStart(target.isFolder() ? "folder" : "file");
      json.writeEndObject();
    }
    json.writeObjectFieldStart("parentReference");
    json.writeStringField("driveId", item.remoteDriveId());
    json.writeStringField("driveType", drive.accountType().driveType());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void parentReference(
      JsonGenerator json, Item item, Item parent, String id, long salt, boolean withPath)
      throws IOException {
    json.writeObjectFieldStart("parentReference");
    json.writeStringField("driveType", drive.accountType().driveType());
    int way = Mix.below(8, drive.seed() ^ salt, item.ordinal());
    json.writeStringField("driveId", drive.spell(drive.driveId(), way));
    if (parent != null && !item.has(Trait.ORPHAN)) {
      json.writeStringField("id", way < 5 ? id : drive.spell(id, way));
      if (withPath) {
        String path = parent.isRoot() ? "" : encodedPath(parent);
        json.writeStringField("path", "/drives/" + drive.driveId() + "/root:" + path);
        json.writeStringField("name", parent.name());
      }
    }
    if (!personal) {
      json.writeStringField("siteId", "fa0e88fc-d823-4bc5-955d-3e0d94e5a30c");
    }
    json.writeEndObject();
  }

  private void who(JsonGenerator json, Selection fields, String role) throws IOException {
    if (!fields.has(role)) {
      return;
    }
    json.writeObjectFieldStart(role);
    json.writeObjectFieldStart("user");
    if (!personal) {
      json.writeStringField("email", owner);
    }
    json.writeStringField("id", personal ? drive.driveId() : USER_ID);
    json.writeStringField("displayName", "Megan Bowen");
    json.writeEndObject();
    json.writeEndObject();
  }

  private boolean hasUrl(Item item, boolean collection) {
    if (item.size() == 0 || item.has(Trait.FORBIDDEN)) {
      return false;
    }
    return !collection
        || !item.has(Trait.NO_DOWNLOAD_URL)
            && !Mix.chance(shape.missingUrls(), drive.seed() ^ 0x0551L, item.ordinal());
  }

  /** Personal item ids mostly come in one spelling, but not always. */
  private String spelled(Item item, long salt) {
    boolean odd = personal && Mix.below(16, drive.seed() ^ ~salt, item.ordinal()) == 0;
    return odd ? drive.spell(item.id(), (int) salt) : item.id();
  }

  /** Tags: opaque on personal accounts, GUID and version on business; quotes belong to them. */
  String eTag(Item item, View view) {
    int version = view == View.TRUE ? item.version() : item.version() - 1;
    return personal
        ? "a" + tag(item.id() + "." + version)
        : "\"{" + drive.guid(item) + "}," + version + "\"";
  }

  private String cTag(Item item, View view) {
    int version = item.contentVersion() - (view == View.OLD_CONTENT ? 1 : 0);
    return personal
        ? (item.isFolder() ? "ad" : "ay") + tag(item.id() + ".c" + version)
        : "\"c:{" + drive.guid(item) + "}," + version + "\"";
  }

  private static String tag(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  private String webUrl(Item item) {
    if (personal) {
      return "https://1drv.ms/" + (item.isFolder() ? "f" : "u") + "/s!" + tag(item.id());
    }
    String path = item.isRoot() ? "" : encodedPath(item);
    return "https://contoso-my.sharepoint.com/personal/user_contoso_com/Documents" + path;
  }

  private static String encodedPath(Item item) {
    String name = URLEncoder.encode(item.name(), StandardCharsets.UTF_8).replace("+", "%20");
    return (item.parent().isRoot() ? "" : encodedPath(item.parent())) + "/" + name;
  }

  /** A hash of the same form that fits no content we know. */
  private static String other(String hash) {
    return (hash.charAt(0) == 'A' ? 'B' : 'A') + hash.substring(1);
  }

  private static void text(JsonGenerator json, Selection fields, String name, String value)
      throws IOException {
    if (fields.has(name)) {
      json.writeStringField(name, value);
    }
  }

  private static void emptyObject(JsonGenerator json, Selection fields, String name)
      throws IOException {
    if (fields.has(name)) {
      json.writeObjectFieldStart(name);
      json.writeEndObject();
    }
  }
}
