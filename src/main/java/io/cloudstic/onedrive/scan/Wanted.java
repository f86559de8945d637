package io.cloudstic.onedrive.scan;

import io.cloudstic.onedrive.catalogue.Catalogue;
import io.cloudstic.onedrive.catalogue.ContentFacts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which contents are being fetched, were fetched, or were asked for in vain: each content of an
 * item is handed out once. Holds no more than what is under way. Thread-safe.
 */
final class Wanted {
  private final Catalogue catalogue;
  private final Map<String, ContentFacts> underWay = new ConcurrentHashMap<>();

  Wanted(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** Takes the content for this thread to hand out; false when that is needless. */
  boolean claim(String key, ContentFacts facts) {
    ContentFacts asked = underWay.get(key);
    if (asked != null && (asked.equals(facts) || asked.sameContent(facts))) {
      return false;
    }
    // Whoever finishes first records the outcome and then ends the claim: so ask in this order.
    if (catalogue.fetched().find(key, facts) != null
        || catalogue.outcomes().wasInVain(key, facts)) {
      return false;
    }
    underWay.put(key, facts);
    return true;
  }

  /** Ends a claim, after its outcome was recorded. */
  void release(DriveFile file) {
    underWay.remove(file.key(), file.asked());
  }
}
