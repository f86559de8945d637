package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Mix;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Effect.Location;
import io.cloudstic.simulator.wire.Recent;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.Seal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers {@code delta}. A delta link carries its state in its token; a next link names a feed that
 * is remembered for a while, and dies with it. Thread-safe.
 */
final class DeltaFeeds {
  /** So many enumerations can be under way at once; the oldest is forgotten. */
  private static final int FEEDS = 16;

  private static final int WHOLE = -1;

  private final Seal seal;
  private final Clock clock;
  private final Duration tokenLife;
  private final FeedShape shape;
  private final FeedLinks links;
  private final PageWriter pages;
  private final Errors errors;
  private final long seed;
  private final Recent<Feed> feeds = new Recent<>(FEEDS);
  private final AtomicLong epoch;
  private final AtomicLong begun = new AtomicLong();

  DeltaFeeds(
      Seal seal,
      Clock clock,
      Duration tokenLife,
      FeedShape shape,
      FeedLinks links,
      PageWriter pages,
      Errors errors,
      long seed) {
    this.seal = seal;
    this.clock = clock;
    this.tokenLife = tokenLife;
    this.shape = shape;
    this.links = links;
    this.pages = pages;
    this.errors = errors;
    this.seed = seed;
    // Tokens of an earlier life of the simulator mean nothing in this one.
    this.epoch = new AtomicLong(clock.millis());
  }

  /** From now on all tokens given so far answer 410. */
  void expireTokens() {
    epoch.incrementAndGet();
    feeds.clear();
  }

  /** Whether the call begins anew, which costs more. */
  static boolean isStart(String token) {
    return token == null || token.isEmpty();
  }

  Reply answer(Call call, DriveModel drive, Item scope, String token, ItemJson writer) {
    Optional<Effect.Gone> gone = call.effect(Effect.Gone.class);
    if (gone.isPresent()) {
      return gone(drive, scope, FeedQuery.of(call), gone.get().innerCode(), gone.get().location());
    }
    if (!scope.isRoot() && drive.accountType() == AccountType.BUSINESS) {
      return errors.reply(501, "notSupported", "Delta is only supported on the root of a drive.");
    }
    if (isStart(token)) {
      drive.refresh();
      return begin(call, drive, scope, FeedQuery.of(call), writer);
    }
    if (token.equals("latest")) {
      drive.refresh();
      Feed feed = Feed.nothing(drive, scope, shape, FeedQuery.of(call));
      return page(call, feed, 0, 0, false, writer);
    }
    if (drive.accountType() == AccountType.BUSINESS && token.matches("[0-9]{4}-.*")) {
      return sinceTime(call, drive, scope, token, writer);
    }
    return seal.open(token.replaceAll("=+$", ""))
        .map(state -> follow(call, drive, scope, state, writer))
        .orElseGet(() -> errors.invalidRequest("Invalid API or resource"));
  }

  private Reply begin(Call call, DriveModel drive, Item scope, FeedQuery query, ItemJson writer) {
    return start(call, Feed.everything(drive, scope, shape, query, salt()), writer);
  }

  private Reply sinceTime(Call call, DriveModel drive, Item scope, String time, ItemJson writer) {
    try {
      List<Item> items = drive.changedSince(Instant.parse(time));
      FeedQuery query = FeedQuery.of(call);
      return start(call, Feed.changes(drive, scope, shape, query, items, salt()), writer);
    } catch (DateTimeParseException e) {
      return errors.invalidRequest("Invalid API or resource");
    }
  }

  private Reply start(Call call, Feed feed, ItemJson writer) {
    return page(call, feed, feeds.add(feed), 0, true, writer);
  }

  /** Tokens read {@code delta EPOCH DRIVE ITEM ISSUED SEQUENCE QUERY} or {@code next … FEED …}. */
  private Reply follow(Call call, DriveModel drive, Item scope, String state, ItemJson writer) {
    String[] parts = state.split(" ", 7);
    if (!parts[2].equals(drive.driveId()) || !parts[3].equals(Integer.toString(scope.ordinal()))) {
      return errors.invalidRequest("Invalid API or resource");
    }
    FeedQuery query = FeedQuery.parse(parts[0].equals("next") ? "200 false false " : parts[6]);
    Instant issued = Instant.ofEpochMilli(Long.parseLong(parts[4]));
    boolean old = issued.plus(tokenLife).isBefore(clock.instant());
    if (old || !parts[1].equals(Long.toString(epoch.get()))) {
      return gone(drive, scope, query);
    }
    long number = Long.parseLong(parts[5]);
    if (parts[0].equals("next")) {
      String[] place = parts[6].split(" ");
      int position = Integer.parseInt(place[0]);
      boolean mayBeEmpty = Boolean.parseBoolean(place[1]);
      return feeds
          .find(number)
          .map(feed -> page(call, feed, number, position, mayBeEmpty, writer))
          .orElseGet(() -> gone(drive, scope, query));
    }
    drive.refresh();
    if (number == WHOLE) {
      return begin(call, drive, scope, query, writer);
    }
    List<Item> items = drive.changedSince(number);
    return start(call, Feed.changes(drive, scope, shape, query, items, salt()), writer);
  }

  private Reply page(
      Call call, Feed feed, long number, int position, boolean mayBeEmpty, ItemJson writer) {
    return feed.drive()
        .reading(
            () -> {
              Feed.Slice slice = feed.slice(position, mayBeEmpty);
              boolean empty = slice.entries().isEmpty() && slice.next() == position;
              String next =
                  slice.next() < 0 ? null : next(feed, number, slice.next(), !empty, position);
              String delta = slice.next() < 0 ? delta(feed) : null;
              PageWriter.Links around =
                  new PageWriter.Links(
                      next(feed, number, position, mayBeEmpty, position),
                      next(feed, number, 0, true, position),
                      next,
                      delta);
              Selection selection = feed.query().selection();
              long salt = feed.salt() + position;
              return pages.page(
                  call,
                  slice.entries(),
                  (json, entry) ->
                      writer.write(
                          json, entry.item(), entry.view(), selection, ItemJson.Place.DELTA, salt),
                  around);
            });
  }

  private String next(Feed feed, long number, int position, boolean mayBeEmpty, int from) {
    String state = state("next", feed.drive(), feed.scope(), number, position + " " + mayBeEmpty);
    long salt = feed.salt() ^ from;
    return links.of(feed.drive(), feed.scope(), feed.query(), seal.close(state), salt);
  }

  private String delta(Feed feed) {
    String state = state("delta", feed.drive(), feed.scope(), feed.upTo(), feed.query().toText());
    long salt = feed.salt() ^ 0xDE17A;
    return links.of(feed.drive(), feed.scope(), feed.query(), seal.close(state), salt);
  }

  private String state(String kind, DriveModel drive, Item scope, long number, String rest) {
    return String.join(
        " ",
        kind,
        Long.toString(epoch.get()),
        drive.driveId(),
        Integer.toString(scope.ordinal()),
        Long.toString(clock.millis()),
        Long.toString(number),
        rest);
  }

  private Reply gone(DriveModel drive, Item scope, FeedQuery query) {
    boolean sure = Mix.chance(0.5, seed, begun.get());
    return gone(
        drive,
        scope,
        query,
        sure ? "resyncApplyDifferences" : "resyncUploadDifferences",
        sure ? Location.FRESH : Location.NONE);
  }

  private Reply gone(
      DriveModel drive, Item scope, FeedQuery query, String innerCode, Location location) {
    Reply reply = errors.reply(410, "resyncRequired", innerCode, "Resync required.");
    String token = seal.close(state("delta", drive, scope, WHOLE, query.toText()));
    String fresh = links.of(drive, scope, query, token, seed);
    return switch (location) {
      case NONE -> reply;
      case FRESH -> reply.with("Location", fresh);
      case BROKEN -> reply.with("Location", fresh.replaceFirst("/v1\\.0/.*", "/v1.0/broken"));
      case FOREIGN -> reply.with("Location", fresh.replaceFirst("://[^/]+", "://127.0.0.1:9"));
      case PLAIN ->
          reply.with(
              "Location", fresh.replaceFirst("^[a-z]+://[^/]+", "http://graph.microsoft.com"));
    };
  }

  private long salt() {
    return Mix.mix(seed, begun.incrementAndGet());
  }
}
