package io.cloudstic.history;

import io.cloudstic.onedrive.catalogue.ItemFacts;
import io.cloudstic.restic.tree.ExtendedAttribute;
import io.cloudstic.restic.tree.Node;

/** Reads from a node which item of a drive it is. */
final class ItemIds {
  private ItemIds() {}

  /** The item id; empty for what comes from somewhere else. */
  static String of(Node node) {
    for (ExtendedAttribute attribute : node.extendedAttributes()) {
      if (attribute.name().equals(ItemFacts.ATTRIBUTE)) {
        ItemFacts facts = ItemFacts.fromJson(attribute.value());
        return facts == null ? "" : facts.id();
      }
    }
    return "";
  }
}
