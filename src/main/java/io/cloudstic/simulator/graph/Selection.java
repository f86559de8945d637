package io.cloudstic.simulator.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code $select} leaves of an item. Names are case-sensitive.
 *
 * @param text as it came, or null for everything
 */
record Selection(String text, Set<String> fields) {
  /** The annotation's name, which works on single items only. */
  private static final String ANNOTATION = "@microsoft.graph.downloadUrl";

  static Selection of(String text) {
    return text == null || text.isBlank() || text.equals("*")
        ? new Selection(null, Set.of())
        : new Selection(text, new HashSet<>(List.of(text.trim().split("\\s*,\\s*"))));
  }

  boolean has(String field) {
    return text == null || fields.contains(field);
  }

  /** Asked for by the annotation's own name, a collection leaves the URL out. */
  boolean hasDownloadUrl(boolean collection) {
    return text == null
        || fields.contains("content.downloadUrl")
        || !collection && fields.contains(ANNOTATION);
  }
}
