package io.cloudstic.simulator.graph;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers calls that concern one item: its metadata and its content. Thread-safe. */
final class ItemCalls {
  private static final JsonFactory JSON = new JsonFactory();

  private final String base;
  private final Errors errors;
  private final DownloadUrls urls;

  ItemCalls(String base, Errors errors, DownloadUrls urls) {
    this.base = base;
    this.errors = errors;
    this.urls = urls;
  }

  Reply metadata(Call call, DriveModel drive, Item item, ItemJson writer) {
    String known = call.header("if-none-match");
    if (known != null && known.equals(writer.eTag(item, View.TRUE))) {
      return Reply.empty(304);
    }
    Selection selection = Selection.of(call.query().get("$select"));
    return drive.reading(
        () -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          try (JsonGenerator json = JSON.createGenerator(out)) {
            long salt = item.version();
            writer.write(json, item, View.TRUE, selection, ItemJson.Place.SINGLE, salt);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return Reply.json(200, out.toByteArray());
        });
  }

  Reply content(DriveModel drive, Item item) {
    if (!item.isFile()) {
      boolean notebook = item.packageType() != null;
      return notebook
          ? errors.reply(403, "accessDenied", "Packages have no content.")
          : errors.invalidRequest("You cannot get content for a folder");
    }
    if (item.has(Trait.MALWARE)) {
      return errors.reply(403, "malwareDetected", "virusSuspicious", "Malware detected");
    }
    if (item.has(Trait.FORBIDDEN)) {
      return errors.reply(403, "accessDenied", "Access denied");
    }
    if (item.has(Trait.LOCKED)) {
      return errors.reply(423, "resourceLocked", "The resource is locked.");
    }
    if (item.has(Trait.UNAVAILABLE)) {
      return errors.reply(503, "serviceNotAvailable", "The service is not available.");
    }
    if (item.served().size() == 0 && drive.accountType() == AccountType.BUSINESS) {
      return Reply.empty(200);
    }
    return Reply.empty(302).with("Location", urls.of(drive, item));
  }

  /** The owner's, which is all there is. */
  Reply permissions() {
    String body =
        "{\"@odata.context\":\"%s/$metadata#permissions\",\"value\":[{\"id\":\"1\",\"roles\":[\"owner\"]}]}";
    return Reply.json(200, body.formatted(base).getBytes(StandardCharsets.UTF_8));
  }
}
