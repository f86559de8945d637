package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.Item;
import java.util.Locale;
import java.util.Map;

/** The MIME type of a file: what was set, else what its name suggests. */
final class MimeTypes {
  private static final Map<String, String> BY_ENDING =
      Map.of(
          "txt", "text/plain",
          "md", "text/markdown",
          "csv", "text/csv",
          "html", "text/html",
          "jpg", "image/jpeg",
          "heic", "image/heic",
          "pdf", "application/pdf",
          "zip", "application/zip",
          "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private MimeTypes() {}

  static String of(Item item) {
    if (item.mimeType() != null) {
      return item.mimeType();
    }
    String ending = item.name().substring(item.name().lastIndexOf('.') + 1);
    return BY_ENDING.getOrDefault(ending.toLowerCase(Locale.ROOT), "application/octet-stream");
  }
}
