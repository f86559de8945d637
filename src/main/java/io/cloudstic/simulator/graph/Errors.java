package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.RequestIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** Graph's error documents, in both spellings of {@code innerError} by turns. Thread-safe. */
final class Errors {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss").withZone(ZoneOffset.UTC);

  private final Clock clock;
  private final RequestIds ids;
  private final AtomicInteger turn = new AtomicInteger();

  Errors(Clock clock, RequestIds ids) {
    this.clock = clock;
    this.ids = ids;
  }

  Reply reply(int status, String code, String message) {
    return reply(status, code, null, message);
  }

  Reply reply(int status, String code, String innerCode, String message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart("error");
      json.writeStringField("code", code);
      json.writeStringField("message", message);
      json.writeObjectFieldStart(turn.getAndIncrement() % 2 == 0 ? "innerError" : "innererror");
      if (innerCode != null) {
        json.writeStringField("code", innerCode);
      }
      String id = ids.next();
      json.writeStringField("date", DATE.format(clock.instant()));
      json.writeStringField("request-id", id);
      json.writeStringField("client-request-id", id);
      json.writeEndObject();
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Reply.json(status, out.toByteArray());
  }

  Reply itemNotFound() {
    return reply(404, "itemNotFound", "The resource could not be found.");
  }

  Reply invalidRequest(String message) {
    return reply(400, "invalidRequest", message);
  }

  Reply invalidHandle() {
    return reply(400, "invalidRequest", "invalidResourceId", "ObjectHandle is Invalid");
  }
}
