package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Set;

/**
 * What the body of a failed call says. Graph nests codes from the general to the specific, under
 * {@code innerError} or {@code innererror}; the most specific one that is known counts. A body that
 * is empty or a web page is an error without a code.
 *
 * @param code lower case, or the empty string
 * @param requestId what Microsoft's support asks for, or null
 */
record GraphError(String code, String requestId) {
  /** No body, or none that can be read. */
  static final GraphError NONE = new GraphError("", null);

  /** A closed personal vault or a drive that only seems to exist (rclone#8736, rclone#8695). */
  static final String INVALID_RESOURCE = "invalidresourceid";

  /** A passing fault of personal accounts that comes as a 401 (rclone#5270). */
  static final String RPS = "rpsunavailable";

  private static final long MOST_BYTES = 1 << 16;

  // Microsoft Graph documentation, "Error responses" and "driveItem: delta", and those observed.
  private static final Set<String> KNOWN =
      Set.of(
          "accessdenied",
          "activitylimitreached",
          "cannotsnapshottree",
          "generalexception",
          "invalidrange",
          "invalidrequest",
          INVALID_RESOURCE,
          "itemnotfound",
          "malwaredetected",
          "nameexists",
          "namealreadyexists",
          "notallowed",
          "notsupported",
          "quotalimitreached",
          "resourcelocked",
          "resourcemodified",
          "resyncapplydifferences",
          "resyncchangesapplydifferences",
          "resyncchangesuploaddifferences",
          "resyncrequired",
          "resyncuploaddifferences",
          "servicenotavailable",
          "syncstatenotfound",
          "throttledrequest",
          "unauthenticated");

  /** What the body of an answer says; never fails. */
  static GraphError of(Reply reply) {
    try {
      return read(reply.decoded());
    } catch (IOException notGzip) {
      return NONE;
    }
  }

  /** Reads at most 64 KiB of a body; never fails. */
  static GraphError read(InputStream in) {
    Reader reader = new Reader();
    try {
      Json.document(new LimitedInputStream(in, MOST_BYTES), reader::field);
    } catch (IOException e) {
      // What has been read so far is better than nothing; the status says the rest.
      return reader.build();
    }
    return reader.build();
  }

  private static final class Reader {
    private String outermost = "";
    private String known = "";
    private String requestId;
    private String message = "";

    void field(JsonParser json, String field) throws IOException {
      if (field.equals("error")) {
        readError(json);
      } else {
        json.skipChildren();
      }
    }

    private void readError(JsonParser json) throws IOException {
      String[] inner = new String[1];
      Json.fields(json, field -> errorField(json, field, inner));
    }

    private void errorField(JsonParser json, String field, String[] innerKnown) throws IOException {
      switch (field.toLowerCase(Locale.ROOT)) {
        case "code" -> take(Json.text(json), innerKnown[0] != null);
        case "message" -> {
          String text = Json.text(json);
          message = message.isEmpty() && text != null ? text : message;
        }
        case "request-id" -> requestId = Json.text(json);
        case "innererror" -> {
          String before = known;
          readError(json);
          innerKnown[0] = known.equals(before) ? null : known;
        }
        default -> json.skipChildren();
      }
    }

    /** Fields come in any order: an outer code must not replace one from further inside. */
    private void take(String text, boolean innerIsKnown) {
      String code = text == null ? "" : text.toLowerCase(Locale.ROOT);
      outermost = outermost.isEmpty() ? code : outermost;
      if (KNOWN.contains(code) && !innerIsKnown) {
        known = code;
      }
    }

    GraphError build() {
      // The only two faults that nothing but the message tells from others of the same code.
      if (message.contains("ObjectHandle is Invalid")) {
        return new GraphError(INVALID_RESOURCE, requestId);
      }
      if (message.contains("Unable to initialize RPS")) {
        return new GraphError(RPS, requestId);
      }
      return new GraphError(known.isEmpty() ? outermost : known, requestId);
    }
  }
}
