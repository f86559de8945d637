package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.onedrive.Account;
import io.cloudstic.onedrive.Drive;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads accounts and drives: small objects, of which only some texts matter. Stateless. */
final class AccountParser {
  private AccountParser() {}

  /** The account; its name falls back on the mail address and then on the id. */
  static Account account(InputStream in) throws IOException {
    Map<String, String> texts = new HashMap<>();
    Json.document(in, (json, field) -> put(json, field, texts));
    String id = required(texts, "id");
    String mail = texts.getOrDefault("mail", id);
    return new Account(id, texts.getOrDefault("userPrincipalName", mail));
  }

  /** The drive. */
  static Drive drive(InputStream in) throws IOException {
    DriveFields fields = new DriveFields();
    Json.document(in, fields::read);
    return fields.drive();
  }

  /** A list of drives; entries without an id are passed over. */
  static List<Drive> drives(InputStream in) throws IOException {
    List<Drive> drives = new ArrayList<>();
    Json.document(
        in,
        (json, field) -> {
          if (!field.equals("value") || json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
          }
          while (json.nextToken() != JsonToken.END_ARRAY) {
            DriveFields fields = new DriveFields();
            Json.fields(json, name -> fields.read(json, name));
            if (fields.texts.containsKey("id")) {
              drives.add(fields.drive());
            }
          }
        });
    return drives;
  }

  /** What is read of a drive. */
  private static final class DriveFields {
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, String> owner = new HashMap<>();

    void read(JsonParser json, String field) throws IOException {
      if (field.equals("owner")) {
        readOwner(json, owner);
      } else {
        put(json, field, texts);
      }
    }

    Drive drive() throws IOException {
      return new Drive(
          required(texts, "id"),
          texts.get("driveType"),
          texts.get("name"),
          owner.getOrDefault("email", owner.get("displayName")),
          owner.get("id"));
    }
  }

  /** The owner is a user, a group or an application; what the user says wins. */
  private static void readOwner(JsonParser json, Map<String, String> owner) throws IOException {
    Json.fields(
        json,
        kind -> {
          Map<String, String> texts = new HashMap<>();
          Json.fields(json, field -> put(json, field, texts));
          if (kind.equals("user") || owner.isEmpty()) {
            owner.putAll(texts);
          }
        });
  }

  private static void put(JsonParser json, String field, Map<String, String> texts)
      throws IOException {
    String text = Json.text(json);
    if (text != null && !text.isEmpty()) {
      texts.put(field, text);
    }
  }

  private static String required(Map<String, String> texts, String field) throws IOException {
    String text = texts.get(field);
    if (text == null) {
      throw new BadReplyException("the answer has no " + field);
    }
    return text;
  }
}
