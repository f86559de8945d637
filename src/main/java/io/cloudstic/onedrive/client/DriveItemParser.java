package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonParser;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Hashes;
import io.cloudstic.onedrive.ItemKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * Reads one drive item from a stream of JSON. Anything may be missing, null, of another type or
 * unknown; only broken JSON is an error. One parser reads one item.
 */
final class DriveItemParser {
  private String id;
  private String name;
  private long size = -1;
  private String eTag;
  private String cTag;
  private String downloadUrl;
  private String modifiedBy;
  private String driveId;
  private String parentId;
  private Instant serverCreated;
  private Instant serverModified;
  private Instant clientCreated;
  private Instant clientModified;
  private boolean root;
  private boolean deleted;
  private boolean folder;
  private boolean file;
  private boolean bundle;
  private boolean packaged;
  private boolean malware;
  private int childCount = -1;
  private String mimeType;
  private String packageType;
  private String specialFolder;
  private Hashes hashes = Hashes.NONE;
  private DriveItem remote;

  private DriveItemParser() {}

  /** The item whose opening brace the parser stands on; the closing one is read too. */
  static DriveItem read(JsonParser json) throws IOException {
    DriveItemParser item = new DriveItemParser();
    Json.fields(json, field -> item.field(json, field));
    return item.build();
  }

  /** The item that is a document of its own. */
  static DriveItem readDocument(InputStream in) throws IOException {
    DriveItemParser item = new DriveItemParser();
    Json.document(in, item::field);
    return item.build();
  }

  private void field(JsonParser json, String field) throws IOException {
    switch (field) {
      case "id" -> id = Json.text(json);
      case "name" -> name = Json.text(json);
      case "size" -> size = Json.number(json);
      case "eTag" -> eTag = Json.text(json);
      case "cTag" -> cTag = Json.text(json);
      case "createdDateTime" -> serverCreated = GraphTime.parse(Json.text(json));
      case "lastModifiedDateTime" -> serverModified = GraphTime.parse(Json.text(json));
      case "@microsoft.graph.downloadUrl", "@content.downloadUrl" -> downloadUrl = Json.text(json);
      case "parentReference" -> Json.fields(json, name -> parentField(json, name));
      case "fileSystemInfo" -> Json.fields(json, name -> fileSystemField(json, name));
      case "lastModifiedBy" -> Json.fields(json, name -> identityField(json, name));
      case "file" -> {
        file = Json.present(json);
        Json.fields(json, name -> fileField(json, name));
      }
      case "folder" -> {
        folder = Json.present(json);
        Json.fields(json, name -> folderField(json, name));
      }
      case "package" -> {
        packaged = Json.present(json);
        Json.fields(json, name -> packageField(json, name));
      }
      case "specialFolder" -> Json.fields(json, name -> specialField(json, name));
      case "remoteItem" -> remote = Json.present(json) ? read(json) : null;
      case "root" -> root = facet(json);
      case "deleted" -> deleted = facet(json);
      case "bundle" -> bundle = facet(json);
      case "malware" -> malware = facet(json);
      default -> json.skipChildren();
    }
  }

  /** The presence of a facet is what counts, not what is in it. */
  private static boolean facet(JsonParser json) throws IOException {
    boolean present = Json.present(json);
    json.skipChildren();
    return present;
  }

  private void parentField(JsonParser json, String field) throws IOException {
    switch (field) {
      case "driveId" -> driveId = Json.text(json);
      case "id" -> parentId = Json.text(json);
      default -> json.skipChildren();
    }
  }

  private void fileSystemField(JsonParser json, String field) throws IOException {
    switch (field) {
      case "createdDateTime" -> clientCreated = GraphTime.parse(Json.text(json));
      case "lastModifiedDateTime" -> clientModified = GraphTime.parse(Json.text(json));
      default -> json.skipChildren();
    }
  }

  private void fileField(JsonParser json, String field) throws IOException {
    switch (field) {
      case "mimeType" -> mimeType = Json.text(json);
      case "hashes" -> hashes = readHashes(json);
      default -> json.skipChildren();
    }
  }

  private static Hashes readHashes(JsonParser json) throws IOException {
    String[] found = new String[3];
    Json.fields(
        json,
        field -> {
          switch (field) {
            case "quickXorHash" -> found[0] = Json.text(json);
            case "sha1Hash" -> found[1] = Json.text(json);
            case "sha256Hash" -> found[2] = Json.text(json);
            default -> json.skipChildren();
          }
        });
    return new Hashes(found[0], found[1], found[2]);
  }

  private void folderField(JsonParser json, String field) throws IOException {
    if (field.equals("childCount")) {
      childCount = (int) Math.min(Json.number(json), Integer.MAX_VALUE);
    } else {
      json.skipChildren();
    }
  }

  private void packageField(JsonParser json, String field) throws IOException {
    if (field.equals("type")) {
      packageType = Json.text(json);
    } else {
      json.skipChildren();
    }
  }

  private void specialField(JsonParser json, String field) throws IOException {
    if (field.equals("name")) {
      specialFolder = Json.text(json);
    } else {
      json.skipChildren();
    }
  }

  /** Of a set of identities the user counts, by principal name rather than by display name. */
  private void identityField(JsonParser json, String kind) throws IOException {
    boolean user = kind.equals("user");
    String[] found = new String[2];
    Json.fields(
        json,
        field -> {
          switch (field) {
            case "email", "userPrincipalName" -> found[0] = Json.text(json);
            case "displayName" -> found[1] = Json.text(json);
            default -> json.skipChildren();
          }
        });
    String who = found[0] == null || found[0].isEmpty() ? found[1] : found[0];
    if (who != null && (user || modifiedBy == null)) {
      modifiedBy = who;
    }
  }

  private DriveItem build() {
    ItemKind kind = kind();
    boolean pointer = kind == ItemKind.REMOTE;
    return new DriveItem(
        id,
        driveId,
        parentId,
        pointer ? first(name, remote.name()) : name,
        kind,
        deleted,
        pointer && size < 0 ? remote.size() : size,
        first(clientCreated, serverCreated),
        first(clientModified, serverModified),
        eTag,
        cTag,
        pointer && hashes.equals(Hashes.NONE) ? remote.hashes() : hashes,
        pointer ? first(mimeType, remote.mimeType()) : mimeType,
        pointer && childCount < 0 ? remote.childCount() : childCount,
        modifiedBy,
        downloadUrl,
        malware,
        packageType,
        pointer ? remote.driveId() : null,
        pointer ? remote.id() : null,
        specialFolder);
  }

  private static <T> T first(T one, T other) {
    return one == null ? other : one;
  }

  /** A notebook that also has a folder facet is a folder: its sections can be had one by one. */
  private ItemKind kind() {
    if (root) {
      return ItemKind.ROOT;
    }
    if (remote != null) {
      return ItemKind.REMOTE;
    }
    if (packaged && !folder) {
      return ItemKind.PACKAGE;
    }
    if (bundle) {
      return ItemKind.BUNDLE;
    }
    if (folder) {
      return ItemKind.FOLDER;
    }
    return file ? ItemKind.FILE : ItemKind.UNKNOWN;
  }
}
