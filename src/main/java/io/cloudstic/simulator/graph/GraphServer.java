package io.cloudstic.simulator.graph;

import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.drive.DriveModel;
import io.cloudstic.simulator.drive.Item;
import io.cloudstic.simulator.drive.Trait;
import io.cloudstic.simulator.wire.Call;
import io.cloudstic.simulator.wire.Effect;
import io.cloudstic.simulator.wire.Reply;
import io.cloudstic.simulator.wire.RequestIds;
import io.cloudstic.simulator.wire.Seal;
import io.cloudstic.simulator.wire.Site;
import io.cloudstic.simulator.wire.Statistics;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Microsoft Graph as far as a backup sees it: {@code /me}, drives, items by id and by path,
 * children, delta, content and batches. A call passes the token check, the fence and the fault
 * plan, in this order, before anything is looked up. Thread-safe.
 */
public final class GraphServer implements Site {
  private static final String VERSION = "/v1.0";

  private final GraphSettings settings;
  private final Bearers bearers;
  private final DownloadUrls urls;
  private final Statistics statistics;
  private final RequestIds ids;
  private final Errors errors;
  private final Writes writes;
  private final Throttle throttle;
  private final DeltaFeeds feeds;
  private final ChildrenListings listings;
  private final ItemCalls items;
  private final AccountJson accounts;
  private final Batch batch;
  private final Users users;

  /** Serves the user's own drive; more can be added. */
  public GraphServer(
      GraphSettings settings,
      DriveModel own,
      Bearers bearers,
      DownloadUrls urls,
      UploadUrls uploads,
      Statistics statistics) {
    this.settings = settings;
    this.bearers = bearers;
    this.urls = urls;
    this.statistics = statistics;
    this.ids = new RequestIds(settings.seed());
    this.errors = new Errors(settings.clock(), ids);
    this.writes = new Writes(errors, uploads);
    this.throttle = new Throttle(settings.limits(), settings.clock(), statistics);
    long seed = settings.seed();
    Seal seal = new Seal(seed, "link", settings.clock().millis() << 20);
    FeedLinks links = new FeedLinks(settings.url(), settings.shape());
    PageWriter pages = new PageWriter(settings.url(), settings.shape());
    this.feeds =
        new DeltaFeeds(
            seal,
            settings.clock(),
            settings.deltaTokenLife(),
            settings.shape(),
            links,
            pages,
            errors,
            seed);
    this.listings = new ChildrenListings(seal, settings.shape(), settings.url(), pages, errors);
    this.items = new ItemCalls(settings.url(), errors, urls);
    this.accounts = new AccountJson(settings.url());
    this.batch = new Batch(errors, this::single, seed);
    this.users = new Users(settings.profile());
    users.add(settings.profile(), own);
  }

  /** Lists another drive and makes it reachable by its id, as the target of shortcuts too. */
  public void addDrive(DriveModel drive) {
    users.add(settings.profile(), drive);
  }

  /** Gives a drive to a user of the same organisation, who is known from now on. */
  public void addDrive(DriveModel drive, Profile owner) {
    users.add(owner, drive);
  }

  /** All delta and next links given so far answer 410 from now on. */
  public void expireDeltaTokens() {
    feeds.expireTokens();
  }

  @Override
  public String name() {
    return "graph";
  }

  @Override
  public Reply answer(Call call) {
    boolean isBatch = call.target().getRawPath().equals(VERSION + "/$batch");
    Reply reply = isBatch ? batch(call) : single(call);
    String id = ids.next();
    return reply
        .with("request-id", id)
        .with("client-request-id", Optional.ofNullable(call.header("client-request-id")).orElse(id))
        .with("OData-Version", "4.0");
  }

  private Reply batch(Call call) {
    statistics.endpoint("batch", 0);
    return tokenProblem(call).or(call::scripted).orElseGet(() -> batch.answer(call));
  }

  private Reply single(Call call) {
    Optional<Reply> problem = tokenProblem(call);
    if (problem.isPresent()) {
      statistics.endpoint("unauthorized", 0);
      return problem.get();
    }
    Optional<Address> address =
        call.target().getRawPath().startsWith(VERSION + "/")
            ? Address.parse(call.target().getRawPath().substring(VERSION.length()))
            : Optional.empty();
    int units = address.map(found -> units(found, call)).orElse(1);
    statistics.endpoint(
        address
            .map(found -> Writes.endpoint(call, found).orElseGet(() -> endpoint(found)))
            .orElse("unknown"),
        units);
    Optional<Throttle.Refusal> refusal = throttle.admit(units);
    if (refusal.isPresent()) {
      return refused(refusal.get());
    }
    Optional<Effect.Throttle> storm = call.effect(Effect.Throttle.class);
    if (storm.isPresent()) {
      Effect.Throttle wanted = storm.get();
      return refused(throttle.fence(wanted.pause(), wanted.status(), wanted.form()));
    }
    Reply reply =
        call.scripted()
            .orElseGet(
                () ->
                    address
                        .map(found -> resource(call, found))
                        .orElseGet(() -> errors.reply(400, "BadRequest", "Resource not found.")));
    return throttle.notice(reply).with("x-ms-resource-unit", Integer.toString(units));
  }

  private Reply refused(Throttle.Refusal refusal) {
    Reply reply =
        refusal.status() == 503
            ? errors.reply(503, "serviceNotAvailable", "The service is not available.")
            : errors.reply(
                refusal.status(),
                "activityLimitReached",
                "throttledRequest",
                "The request has been throttled");
    return reply.with("Retry-After", refusal.retryAfter());
  }

  private Optional<Reply> tokenProblem(Call call) {
    Optional<Effect.ClaimsChallenge> challenge = call.effect(Effect.ClaimsChallenge.class);
    if (challenge.isPresent()) {
      return Optional.of(challenge(challenge.get().claims()));
    }
    String header = call.header("authorization");
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return Optional.of(unauthorized("Access token is empty."));
    }
    Bearers.Standing standing = bearers.judge(header.substring(7).trim());
    boolean own = call.target().getRawPath().startsWith(VERSION + "/me");
    return switch (standing) {
      case DELEGATED -> Optional.empty();
      case APPLICATION ->
          own
              ? Optional.of(
                  errors.reply(
                      400,
                      "BadRequest",
                      "/me request is only valid with delegated authentication flow."))
              : Optional.empty();
      case CHALLENGED -> Optional.of(challenge(bearers.claims()));
      case EXPIRED ->
          Optional.of(unauthorized("Lifetime validation failed, the token is expired."));
      case FOREIGN -> Optional.of(unauthorized("Access token validation failure."));
    };
  }

  private Reply challenge(String claims) {
    byte[] json = claims.getBytes(StandardCharsets.UTF_8);
    return unauthorized("TokenIssuedBeforeRevocationTimestamp")
        .with(
            "WWW-Authenticate",
            "Bearer realm=\"\", error=\"insufficient_claims\", claims=\""
                + Base64.getEncoder().encodeToString(json)
                + "\"");
  }

  private Reply unauthorized(String message) {
    return errors
        .reply(401, "InvalidAuthenticationToken", "unauthenticated", message)
        .with("WWW-Authenticate", "Bearer realm=\"\", authorization_uri=\"\"");
  }

  private static String endpoint(Address address) {
    return switch (address.kind()) {
      case ME, USER -> "me";
      case DRIVE -> "drive";
      case DRIVES -> "drives";
      case ITEM ->
          !address.relation().isEmpty()
              ? address.relation()
              : address.item() == null && address.path().isEmpty() ? "root" : "item";
    };
  }

  private static int units(Address address, Call call) {
    String expand = call.query().getOrDefault("$expand", "");
    if (expand.contains("permissions")) {
      return 5;
    }
    if (!call.method().equals("GET")) {
      return 2;
    }
    return switch (endpoint(address)) {
      case "me" -> 0;
      case "children", "drives" -> 2;
      case "delta" -> DeltaFeeds.isStart(token(address, call)) ? 2 : 1;
      case "permissions" -> 5;
      default -> 1;
    };
  }

  private static String token(Address address, Call call) {
    if (address.token() != null) {
      return address.token();
    }
    String odd = call.query().get("(token");
    return odd == null ? call.query().get("token") : odd.replaceAll("^'|'\\)$", "");
  }

  private Reply resource(Call call, Address address) {
    if (!call.method().equals("GET") && address.kind() != Address.Kind.ITEM) {
      return errors.reply(405, "invalidRequest", "The method is not allowed here.");
    }
    if (call.query().containsKey("$filter")) {
      return errors.invalidRequest("The query option $filter is not supported here.");
    }
    return switch (address.kind()) {
      case ME, USER ->
          users.find(address.user()).map(accounts::user).orElseGet(() -> noUser(address));
      case DRIVES ->
          users
              .find(address.user())
              .map(owner -> accounts.drives(users.drivesOf(owner), owner))
              .orElseGet(() -> noUser(address));
      case DRIVE ->
          drive(address)
              .map(drive -> accounts.drive(drive, users.ownerOf(drive)))
              .orElseGet(() -> noDrive(address));
      case ITEM ->
          drive(address).map(drive -> item(call, drive, address)).orElseGet(() -> noDrive(address));
    };
  }

  private Optional<DriveModel> drive(Address address) {
    return address.drive() != null
        ? users.drive(address.drive())
        : users.find(address.user()).flatMap(owner -> users.drivesOf(owner).stream().findFirst());
  }

  private Reply noUser(Address address) {
    return errors.reply(
        404,
        "Request_ResourceNotFound",
        "Resource '"
            + address.user()
            + "' does not exist or one of its queried reference-property"
            + " objects are not present.");
  }

  private Reply noDrive(Address address) {
    return address.drive() == null
        ? noUser(address)
        : address.drive().equals(AccountJson.BOGUS_DRIVE)
            ? errors.invalidHandle()
            : errors.itemNotFound();
  }

  private Reply item(Call call, DriveModel drive, Address address) {
    ItemJson writer =
        new ItemJson(drive, settings.shape(), urls, users.ownerOf(drive).userPrincipalName());
    Optional<Item> start =
        address.item() == null ? Optional.of(drive.root()) : drive.byId(address.item());
    if (!call.method().equals("GET")) {
      return write(call, drive, start.filter(item -> !item.isDeleted()), address, writer);
    }
    Optional<Item> found =
        start
            .flatMap(item -> below(drive, item, address.path()))
            .filter(item -> !item.isDeleted() && !item.has(Trait.VANISHED));
    if (found.isEmpty()) {
      return errors.itemNotFound();
    }
    Item item = found.get();
    return switch (address.relation()) {
      case "" -> items.metadata(call, drive, item, writer);
      case "children" -> children(call, drive, item, writer);
      case "delta" -> feeds.answer(call, drive, item, token(address, call), writer);
      case "content" -> items.content(drive, item);
      case "permissions" -> items.permissions();
      default -> errors.reply(501, "notSupported", "Not supported: " + address.relation());
    };
  }

  private Reply write(
      Call call, DriveModel drive, Optional<Item> start, Address address, ItemJson writer) {
    if (!bearers.mayWrite(call.header("authorization").substring(7).trim())) {
      return errors.reply(403, "accessDenied", "Access denied");
    }
    return start
        .map(
            item ->
                writes.answer(
                    call, drive, item, address, (from, path) -> below(drive, from, path), writer))
        .orElseGet(errors::itemNotFound);
  }

  private Reply children(Call call, DriveModel drive, Item item, ItemJson writer) {
    if (item.has(Trait.VAULT)) {
      return errors.invalidHandle();
    }
    boolean closedPackage =
        item.packageType() != null && drive.accountType() == AccountType.PERSONAL;
    return closedPackage
        ? errors.reply(403, "accessDenied", "Packages cannot be opened.")
        : listings.answer(call, drive, item, writer);
  }

  private static Optional<Item> below(DriveModel drive, Item start, List<String> path) {
    Optional<Item> at = Optional.of(start);
    for (String name : path) {
      at = at.flatMap(folder -> drive.child(folder, name));
    }
    return at;
  }
}
