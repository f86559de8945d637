package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.PageFault;
import io.cloudstic.simulator.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** Writes a page of items with its links, spoilt where the fault plan says so. Thread-safe. */
final class PageWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private final String base;
  private final FeedShape shape;

  /** Pages whose links lie below this URL. */
  PageWriter(String base, FeedShape shape) {
    this.base = base;
    this.shape = shape;
  }

  /**
   * The links of a page.
   *
   * @param self the link that led here
   * @param first the link that begins anew
   * @param next null at the end
   * @param delta null before the end, and in listings
   */
  record Links(String self, String first, String next, String delta) {
    Links spoilt(PageFault fault) {
      String end = delta != null ? delta : next;
      return switch (fault) {
        case SAME_LINK -> new Links(self, first, self, null);
        case FIRST_LINK -> new Links(self, first, first, null);
        case NO_LINK -> new Links(self, first, null, null);
        case BOTH_LINKS -> next == null ? this : new Links(self, first, next, first);
        case FOREIGN_LINK -> new Links(self, first, foreign(end), null);
        case PLAIN_LINK -> new Links(self, first, plain(end), null);
        case FOREIGN_DELTA -> new Links(self, first, next, foreign(delta));
        case LOST_ITEMS, TWICE -> this;
      };
    }

    /** The same link on a host that would like to see the token. */
    private static String foreign(String link) {
      return link == null ? null : link.replaceFirst("://[^/]+", "://127.0.0.1:9");
    }

    /** The same link on Microsoft's host, for everybody on the way to read. */
    private static String plain(String link) {
      return link == null
          ? null
          : link.replaceFirst("^[a-z]+://[^/]+", "http://graph.microsoft.com");
    }
  }

  /** Writes one entry. */
  interface EntryWriter<T> {
    void write(JsonGenerator json, T entry) throws IOException;
  }

  <T> Reply page(Call call, List<T> entries, EntryWriter<T> writer, Links links) {
    Optional<PageFault> fault = call.effect(Effect.Page.class).map(Effect.Page::fault);
    Links shown = fault.map(links::spoilt).orElse(links);
    boolean lost = fault.filter(PageFault.LOST_ITEMS::equals).isPresent();
    int times = fault.filter(PageFault.TWICE::equals).isPresent() ? 2 : 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + 1024 * entries.size());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("@odata.context", base + "/$metadata#Collection(driveItem)");
      if (shape.has(Quirk.UNKNOWN_FIELDS)) {
        Novelties.ofPage(json);
      }
      link(json, "@odata.nextLink", shown.next());
      link(json, "@odata.deltaLink", shown.delta());
      json.writeArrayFieldStart("value");
      if (shape.has(Quirk.UNKNOWN_TOMBSTONES) && shown.self().contains("delta")) {
        Novelties.unknownTombstone(json, "GHOST" + Integer.toHexString(shown.self().hashCode()));
      }
      for (T entry : lost ? List.<T>of() : entries) {
        for (int i = 0; i < times; i++) {
          writer.write(json, entry);
        }
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.json(200, out.toByteArray());
  }

  private static void link(JsonGenerator json, String name, String link) throws IOException {
    if (link != null) {
      json.writeStringField(name, link);
    }
  }
}
