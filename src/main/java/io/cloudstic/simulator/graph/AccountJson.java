package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes users and drives. Immutable. */
final class AccountJson {
  /** New personal accounts list a drive that cannot be opened. */
  static final String BOGUS_DRIVE =
      "b!bogusdrivethatnobodycanopenbogusdrivethatnobodycanopenbogusd1";

  private static final JsonFactory JSON = new JsonFactory();
  private static final long TOTAL = 1_099_511_627_776L;

  private final String base;

  AccountJson(String base) {
    this.base = base;
  }

  Reply user(Profile profile) {
    return document(
        json -> {
          json.writeStringField("@odata.context", base + "/$metadata#users/$entity");
          json.writeArrayFieldStart("businessPhones");
          json.writeEndArray();
          json.writeStringField("displayName", "Megan Bowen");
          json.writeStringField("givenName", "Megan");
          json.writeNullField("mail");
          json.writeStringField("surname", "Bowen");
          json.writeStringField("userPrincipalName", profile.userPrincipalName());
          json.writeStringField("id", profile.id());
        });
  }

  Reply drive(DriveModel drive, Profile owner) {
    return document(
        json -> {
          json.writeStringField("@odata.context", base + "/$metadata#drives/$entity");
          drive(json, drive, owner);
        });
  }

  /** Personal accounts show one too many. */
  Reply drives(List<DriveModel> drives, Profile owner) {
    return document(
        json -> {
          json.writeStringField("@odata.context", base + "/$metadata#drives");
          json.writeArrayFieldStart("value");
          for (DriveModel drive : drives) {
            json.writeStartObject();
            drive(json, drive, owner);
            json.writeEndObject();
          }
          if (!drives.isEmpty() && drives.get(0).accountType() == AccountType.PERSONAL) {
            json.writeStartObject();
            json.writeStringField("id", BOGUS_DRIVE);
            json.writeStringField("driveType", "personal");
            json.writeStringField("name", "ODCMetadataArchive");
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void drive(JsonGenerator json, DriveModel drive, Profile profile)
      throws IOException {
    boolean personal = drive.accountType() == AccountType.PERSONAL;
    json.writeStringField("id", drive.driveId());
    json.writeStringField("driveType", drive.accountType().driveType());
    json.writeStringField("name", drive.name());
    json.writeObjectFieldStart("owner");
    json.writeObjectFieldStart("user");
    if (!personal) {
      json.writeStringField("email", profile.userPrincipalName());
    }
    json.writeStringField("id", personal ? drive.driveId() : profile.id());
    json.writeStringField("displayName", "Megan Bowen");
    json.writeEndObject();
    json.writeEndObject();
    long used = drive.root().size();
    json.writeObjectFieldStart("quota");
    json.writeNumberField("deleted", 0);
    json.writeNumberField("remaining", TOTAL - used);
    json.writeStringField("state", "normal");
    json.writeNumberField("total", TOTAL);
    json.writeNumberField("used", used);
    json.writeEndObject();
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  private static Reply document(Fields fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.json(200, out.toByteArray());
  }
}
