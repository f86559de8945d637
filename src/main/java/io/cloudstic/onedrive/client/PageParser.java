package io.cloudstic.onedrive.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cloudstic.onedrive.DriveItem;
import io.cloudstic.onedrive.Page;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one page of a feed or listing from a stream of JSON. One parser reads one page. */
final class PageParser {
  /** Far above any page seen; Graph sends at most some thousand items, whatever is asked. */
  static final int MOST_ITEMS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(PageParser.class);

  private final List<DriveItem> items = new ArrayList<>();
  private boolean hasValue;
  private boolean error;
  private String nextLink;
  private String deltaLink;

  private PageParser() {}

  /**
   * The page, read to the end of the stream.
   *
   * @throws BadReplyException when the body is not a page, or not a whole one
   */
  static Page read(InputStream in) throws IOException {
    PageParser page = new PageParser();
    Json.document(in, page::field);
    if (page.error || !page.hasValue) {
      throw new BadReplyException("the answer is not a page of drive items");
    }
    return new Page(List.copyOf(page.items), page.nextLink, page.deltaLink);
  }

  /**
   * A single item, read to the end of the stream.
   *
   * @throws BadReplyException when the body is not an item, or not a whole one
   */
  static DriveItem readItem(InputStream in) throws IOException {
    DriveItem item = DriveItemParser.readDocument(in);
    if (item.id() == null || item.id().isEmpty()) {
      throw new BadReplyException("the answer is not a drive item");
    }
    return item;
  }

  private void field(JsonParser json, String field) throws IOException {
    switch (field) {
      case "value" -> readItems(json);
      case "@odata.nextLink" -> nextLink = link(json);
      case "@odata.deltaLink" -> deltaLink = link(json);
      case "error" -> {
        error = Json.present(json);
        json.skipChildren();
      }
      default -> json.skipChildren();
    }
  }

  private static String link(JsonParser json) throws IOException {
    String link = Json.text(json);
    return link == null || link.isBlank() ? null : link;
  }

  private void readItems(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    hasValue = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      DriveItem item = DriveItemParser.read(json);
      if (item.id() == null || item.id().isEmpty()) {
        // Without an id nothing can be asked or remembered about it.
        LOG.warn("Graph listed an entry without an id; it cannot be backed up");
      } else if (items.size() == MOST_ITEMS) {
        throw new BadReplyException("the answer holds more items than any that we expect");
      } else {
        items.add(item);
      }
    }
  }
}
