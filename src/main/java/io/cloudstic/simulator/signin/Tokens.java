package io.cloudstic.simulator.signin;

import io.cloudstic.simulator.drive.AccountType;
import io.cloudstic.simulator.graph.Bearers;
import io.cloudstic.simulator.wire.Recent;
import io.cloudstic.simulator.wire.Seal;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives tokens and judges them. Access tokens are opaque: of the form of a JWT on work accounts, of
 * a short text on personal ones. Thread-safe.
 */
public final class Tokens implements Bearers {
  private static final String JWT_HEAD = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.";
  private static final String OPAQUE_HEAD = "EwB";
  private static final String WRITE = "write";
  private static final int FAMILIES = 1_000;

  private final SignInSettings settings;
  private final Clock clock;
  private final Seal accessSeal;
  private final Seal refreshSeal;
  private final AtomicLong accessEpoch = new AtomicLong();
  private volatile Demand demand = Demand.NONE;
  private final Recent<AtomicInteger> families = new Recent<>(FAMILIES);

  /**
   * What one answer brings.
   *
   * @param refresh null when there is none
   */
  public record Pair(String access, String refresh, Instant expiry) {}

  /** What a good refresh token stands for. */
  record Refresh(long family, int generation, String clientId, String scope, int fulfils) {}

  /** No token given yet. */
  public Tokens(SignInSettings settings) {
    this.settings = settings;
    this.clock = settings.clock();
    long nonce = clock.millis() << 20;
    this.accessSeal = new Seal(settings.seed(), "access", nonce);
    this.refreshSeal = new Seal(settings.seed(), "refresh", nonce);
  }

  /** All access tokens given so far answer 401 from now on; a refresh helps. */
  public void expireAccessTokens() {
    accessEpoch.incrementAndGet();
  }

  /** All refresh tokens given so far are dead: {@code invalid_grant}. */
  public void revokeRefreshTokens() {
    families.clear();
  }

  /**
   * From now on Graph challenges all tokens that were not asked for with these claims.
   *
   * @param claims a JSON object
   * @param ofPerson whether a refresh with the claims is refused, and only a sign-in helps
   */
  public void challenge(String claims, boolean ofPerson) {
    demand = new Demand(demand.number() + 1, claims, ofPerson);
  }

  /** Whether a refresh with these claims needs the person. */
  boolean needsPerson(String given) {
    return given != null && demand.ofPerson() && given.equals(demand.claims());
  }

  @Override
  public String claims() {
    return demand.claims();
  }

  @Override
  public boolean mayWrite(String accessToken) {
    String[] parts = opened(accessToken);
    return parts.length > 4 && parts[4].equals(WRITE);
  }

  /** What a token says, or nothing when it is not ours. */
  private String[] opened(String accessToken) {
    String sealed = accessToken;
    if (sealed.startsWith(JWT_HEAD) && sealed.endsWith(".sig")) {
      sealed = sealed.substring(JWT_HEAD.length(), sealed.length() - 4);
    } else if (sealed.startsWith(OPAQUE_HEAD)) {
      sealed = sealed.substring(OPAQUE_HEAD.length());
    }
    return accessSeal.open(sealed).map(text -> text.split(" ")).orElse(new String[0]);
  }

  @Override
  public Standing judge(String accessToken) {
    String[] parts = opened(accessToken);
    if (parts.length == 0) {
      return Standing.FOREIGN;
    }
    Instant ends = Instant.ofEpochMilli(Long.parseLong(parts[1]));
    if (Long.parseLong(parts[0]) != accessEpoch.get() || !clock.instant().isBefore(ends)) {
      return Standing.EXPIRED;
    }
    return Integer.parseInt(parts[3]) < demand.number()
        ? Standing.CHALLENGED
        : Standing.valueOf(parts[2]);
  }

  /** The tokens of a new sign-in; the refresh token only with the scope for it. */
  public Pair signIn(String clientId, String scope) {
    return signIn(clientId, scope, null);
  }

  /** The same, with the claims that the client passed along; null for none. */
  Pair signIn(String clientId, String scope, String claims) {
    int fulfils = demand.fulfilledBy(claims, true);
    boolean offline = (" " + scope + " ").contains(" offline_access ");
    String refresh =
        offline ? refresh(families.add(new AtomicInteger()), 0, clientId, scope, fulfils) : null;
    return pair(Standing.DELEGATED, refresh, fulfils, scope);
  }

  /** The token of an application without a user. */
  Pair application(String claims) {
    return pair(
        Standing.APPLICATION, null, demand.fulfilledBy(claims, false), "Files.ReadWrite.All");
  }

  /** What follows a good refresh token; it fulfils what that did, or these claims. */
  Pair renew(Refresh old, String claims) {
    int fulfils = Math.max(old.fulfils, demand.fulfilledBy(claims, false));
    AtomicInteger newest = families.find(old.family).orElseThrow();
    int generation = newest.incrementAndGet();
    String next =
        settings.rotation() == Rotation.NO_NEW
            ? null
            : refresh(old.family, generation, old.clientId, old.scope, fulfils);
    return pair(Standing.DELEGATED, next, fulfils, old.scope);
  }

  /** Nothing for a refresh token that is unknown, too old, revoked or already replaced. */
  Optional<Refresh> redeemable(String refreshToken) {
    if (refreshToken == null || !refreshToken.startsWith("0.A")) {
      return Optional.empty();
    }
    return refreshSeal.open(refreshToken.substring(3)).flatMap(this::redeemableOpened);
  }

  private Optional<Refresh> redeemableOpened(String text) {
    String[] parts = text.split(" ", 6);
    Instant ends = Instant.ofEpochMilli(Long.parseLong(parts[0]));
    Refresh refresh =
        new Refresh(
            Long.parseLong(parts[1]),
            Integer.parseInt(parts[2]),
            parts[4],
            parts[5],
            Integer.parseInt(parts[3]));
    boolean replaced =
        settings.rotation() == Rotation.REVOKE_OLD
            && families
                .find(refresh.family)
                .filter(newest -> newest.get() == refresh.generation)
                .isEmpty();
    boolean known = families.find(refresh.family).isPresent();
    return !known || replaced || ends.isBefore(clock.instant())
        ? Optional.empty()
        : Optional.of(refresh);
  }

  private String refresh(long family, int generation, String clientId, String scope, int fulfils) {
    long ends = clock.instant().plus(settings.refreshTokenLife()).toEpochMilli();
    String text =
        ends + " " + family + " " + generation + " " + fulfils + " " + clientId + " " + scope;
    return "0.A" + refreshSeal.close(text);
  }

  private Pair pair(Standing standing, String refresh, int fulfils, String scope) {
    Instant ends = clock.instant().plus(settings.accessTokenLife());
    String right = scope.contains("Files.ReadWrite") ? WRITE : "read";
    String sealed =
        accessSeal.close(
            accessEpoch.get()
                + " "
                + ends.toEpochMilli()
                + " "
                + standing
                + " "
                + fulfils
                + " "
                + right);
    String access =
        settings.accountType() == AccountType.PERSONAL
            ? OPAQUE_HEAD + sealed
            : JWT_HEAD + sealed + ".sig";
    return new Pair(access, refresh, ends);
  }
}
