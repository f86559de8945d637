package io.cloudstic.onedrive.client;

import io.cloudstic.onedrive.DriveItem;
import java.util.Locale;
import java.util.Set;

/** Which files are web pages by right; all others that come as one are a message. Stateless. */
final class HtmlFiles {
  private static final Set<String> EXTENSIONS =
      Set.of("html", "htm", "xhtml", "shtml", "mht", "mhtml", "asp", "aspx", "php", "jsp");

  private HtmlFiles() {}

  /** Whether the item's type or name is that of a web page. */
  static boolean isHtml(DriveItem item) {
    String type = item.mimeType();
    String name = item.name() == null ? "" : item.name();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return type != null && type.toLowerCase(Locale.ROOT).contains("html")
        || EXTENSIONS.contains(extension);
  }
}
