package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Mix;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Recent;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.Seal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Answers {@code children}. A listing of several pages is remembered for a while; it is no
 * consistent picture: items that leave the folder meanwhile are missing from later pages, items
 * that come are not seen, and page borders repeat or drop an item. Thread-safe.
 */
final class ChildrenListings {
  private static final int LISTINGS = 256;

  private final Seal seal;
  private final FeedShape shape;
  private final String base;
  private final PageWriter pages;
  private final Errors errors;
  private final Recent<Listing> listings = new Recent<>(LISTINGS);

  private record Listing(DriveModel drive, Item folder, FeedQuery query, List<Item> items) {}

  ChildrenListings(Seal seal, FeedShape shape, String base, PageWriter pages, Errors errors) {
    this.seal = seal;
    this.shape = shape;
    this.base = base;
    this.pages = pages;
    this.errors = errors;
  }

  Reply answer(Call call, DriveModel drive, Item folder, ItemJson writer) {
    String token = call.query().get("$skiptoken");
    if (token != null) {
      return seal.open(token)
          .map(state -> follow(call, folder, state, writer))
          .orElseGet(() -> errors.invalidRequest("The skip token is not valid."));
    }
    if (folder.isRoot()) {
      drive.refresh();
    }
    FeedQuery query = FeedQuery.of(call);
    List<Item> items = new ArrayList<>(drive.children(folder));
    items.removeIf(item -> !query.shows(drive, item));
    items.sort(Comparator.comparingInt(Item::ordinal));
    if (shape.shuffled()) {
      Collections.shuffle(items, new Random(drive.seed() + folder.ordinal()));
    }
    Listing listing = new Listing(drive, folder, query, items);
    boolean onePage =
        items.size() <= PageSize.at(query.top(), shape, drive.seed() + folder.ordinal(), 0);
    return page(call, listing, onePage ? 0 : listings.add(listing), 0, writer);
  }

  private Reply follow(Call call, Item folder, String state, ItemJson writer) {
    String[] parts = state.split(" ");
    long number = Long.parseLong(parts[0]);
    return listings
        .find(number)
        .filter(listing -> listing.folder == folder)
        .map(listing -> page(call, listing, number, Integer.parseInt(parts[1]), writer))
        .orElseGet(() -> errors.invalidRequest("The skip token is not valid."));
  }

  private Reply page(Call call, Listing listing, long number, int position, ItemJson writer) {
    long salt = listing.drive.seed() + listing.folder.ordinal();
    int size = PageSize.at(listing.query.top(), shape, salt, position);
    int end = (int) Math.min(listing.items.size(), (long) position + size);
    boolean repeats = position > 0 && Mix.chance(shape.listingRepeats(), salt ^ 0x11, position);
    int start = Math.min(repeats ? position - 1 : position, end);
    Selection selection = listing.query.selection();
    return listing.drive.reading(
        () -> {
          List<Item> there =
              listing.items.subList(start, end).stream()
                  .filter(item -> !item.isDeleted() && item.parent() == listing.folder)
                  .toList();
          String next = end < listing.items.size() ? link(listing, number, end) : null;
          return pages.page(
              call,
              there,
              (json, item) ->
                  writer.write(
                      json, item, View.TRUE, selection, ItemJson.Place.CHILDREN, salt + position),
              new PageWriter.Links(
                  link(listing, number, position), link(listing, number, 0), next, null));
        });
  }

  private String link(Listing listing, long number, int position) {
    return base
        + "/drives('"
        + listing.drive.driveId()
        + "')/items('"
        + listing.folder.id()
        + "')/children?$top="
        + listing.query.top()
        + "&$skiptoken="
        + seal.close(number + " " + position);
  }
}
